//! taro-socket adapter for native targets: tokio and tokio-tungstenite.
