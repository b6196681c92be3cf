//! The request.

use std::fmt::Write;

use taro_socket_api::ConnectRequest;

/// The request as it goes on the wire; every part was checked before.
pub(super) fn render(key: &str, request: &ConnectRequest, host: Option<&str>) -> String {
    let target = request.url().target();
    let host = host.unwrap_or_else(|| request.url().authority());
    let mut out = format!(
        "GET {target} HTTP/1.1\r\nHost: {host}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\
         Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: {key}\r\n"
    );
    if !request.protocols().is_empty() {
        let offered = request.protocols().join(", ");
        push(&mut out, "Sec-WebSocket-Protocol", &offered);
    }
    for (name, value) in request.header().iter() {
        push(&mut out, name, value);
    }
    out.push_str("\r\n");
    out
}

fn push(out: &mut String, name: &str, value: &str) {
    // Writing into a string cannot fail.
    let _ = write!(out, "{name}: {value}\r\n");
}
