//! The server's side of the opening handshake (RFC 6455 §4.2).

use data_encoding::BASE64;
use sha1::{Digest, Sha1};
use taro_socket_test_protocol::Behavior;

use crate::request::Request;
use crate::response::Response;

/// The fixed text that goes behind the key (RFC 6455 §1.3).
const GUID: &str = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

/// An extension that no client offers.
const EXTENSION: &str = "x-never-offered";

/// What RFC 6455 §4.2.1 demands of a request and this one lacks.
pub(crate) fn violations(request: &Request) -> Vec<String> {
    let has = |name: &str, token: &str| {
        let tokens = request.tokens(name);
        tokens.iter().any(|found| found.eq_ignore_ascii_case(token))
    };
    let once = |name: &str| request.values(name).count() == 1;
    let key = request.seen.header("Sec-WebSocket-Key").unwrap_or_default();
    let key = BASE64.decode(key.as_bytes()).unwrap_or_default();
    let version = request.seen.header("Sec-WebSocket-Version") == Some("13");
    let host = request
        .seen
        .header("Host")
        .is_some_and(|host| !host.is_empty());
    let checks = [
        (request.method == "GET", "method is not GET"),
        (request.minor >= 1, "HTTP version below 1.1"),
        (host && once("Host"), "no single Host"),
        (has("Upgrade", "websocket"), "no Upgrade: websocket"),
        (has("Connection", "upgrade"), "no Connection: upgrade"),
        (
            once("Sec-WebSocket-Key") && key.len() == 16,
            "no single Sec-WebSocket-Key of 16 bytes",
        ),
        (
            once("Sec-WebSocket-Version") && version,
            "no Sec-WebSocket-Version: 13",
        ),
    ];
    let missing = checks.into_iter().filter(|(met, _)| !met);
    missing.map(|(_, text)| text.to_owned()).collect()
}

/// The answer to a request that is no handshake: 426 for a foreign version, otherwise 400.
pub(crate) fn refusal(violations: &[String]) -> Response {
    let only_version = matches!(violations, [text] if text.contains("Version"));
    let status = if only_version { 426 } else { 400 };
    Response::new(status, violations.join("\n")).header("Sec-WebSocket-Version", "13")
}

/// The bytes of the 101 answer that `behavior` gives.
pub(crate) fn answer(request: &Request, behavior: &Behavior) -> Vec<u8> {
    let connection = match behavior {
        Behavior::Trickle => "keep-alive, Upgrade",
        _ => "Upgrade",
    };
    let key = request.seen.header("Sec-WebSocket-Key").unwrap_or_default();
    let accept = match behavior {
        Behavior::WrongAccept => accept("another key"),
        _ => accept(key),
    };
    let protocol = match behavior {
        Behavior::NoSubprotocol => None,
        Behavior::Subprotocol { name } => Some(name),
        _ => request.seen.protocols.first(),
    };
    let mut out = format!(
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\
         Connection: {connection}\r\nSec-WebSocket-Accept: {accept}\r\n"
    );
    if let Some(protocol) = protocol {
        let protocol = protocol.replace(['\r', '\n'], " ");
        out.push_str(&format!("Sec-WebSocket-Protocol: {protocol}\r\n"));
    }
    if *behavior == Behavior::Extension {
        out.push_str(&format!("Sec-WebSocket-Extensions: {EXTENSION}\r\n"));
    }
    out.push_str("\r\n");
    out.into_bytes()
}

/// `Sec-WebSocket-Accept` for a key (RFC 6455 §4.2.2).
fn accept(key: &str) -> String {
    let mut hash = Sha1::new();
    hash.update(key.as_bytes());
    hash.update(GUID.as_bytes());
    BASE64.encode(&hash.finalize())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_accept_value_is_that_of_the_rfc() {
        // RFC 6455 §1.3 gives this pair.
        let value = accept("dGhlIHNhbXBsZSBub25jZQ==");
        assert_eq!(value, "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
    }
}
