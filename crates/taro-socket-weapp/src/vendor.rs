//! The vendor's object `wx`.

taro_socket_mini::vendor!(wx);
