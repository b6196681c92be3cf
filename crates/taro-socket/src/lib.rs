//! One WebSocket client API, shaped after Taro's SocketTask, on every platform.
