//! The vendor's object `swan`.

taro_socket_mini::vendor!(swan);
