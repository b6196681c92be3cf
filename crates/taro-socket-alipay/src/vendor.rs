//! The vendor's object `my`.

taro_socket_mini::vendor!(my);
