//! What is read out of the texts of hosts.

use taro_socket_api::{
    ErrorKind::*,
    RetryAdvice::{self, Later, Never},
};

use super::*;

/// Texts of hosts, their kind, and whether another try can help.
const KNOWN: &[(&str, ErrorKind, RetryAdvice)] = &[
    ("Failed to connect to /127.0.0.1:9", Connect, Later),
    (
        "failed to connect to /10.0.2.2 (port 80) from /10.0.2.15 (port 40000) after 10000ms",
        Timeout,
        Later,
    ),
    ("Unable to resolve host \"x.invalid\"", Dns, Later),
    ("Trust anchor for certification path not found.", Tls, Never),
    (
        "SSL handshake aborted: Connection reset by peer",
        Connect,
        Later,
    ),
    ("SSL handshake timed out", Timeout, Later),
    (
        "CLEARTEXT communication to 10.0.2.2 not permitted",
        Unsupported,
        Never,
    ),
    (
        "Expected 'Connection' header value 'Upgrade' but was 'null'",
        Handshake,
        Later,
    ),
    ("Invalid Sec-WebSocket-Accept response.", Handshake, Later),
    ("Timeout Connecting to Server.", Timeout, Later),
    (
        "The operation couldn’t be completed. Connection refused",
        Connect,
        Later,
    ),
    ("Invalid WebSocket URL", InvalidArgument, Never),
    (
        "createSocketTask:fail url not in domain list",
        Unsupported,
        Never,
    ),
    (
        "createSocketTask:fail wcwss taskID=6 exceed max concurrent count",
        LimitExceeded,
        Later,
    ),
    (
        "connectSocket:fail fail reach max websocket connect count 5",
        LimitExceeded,
        Later,
    ),
    (
        "sendSocketMessage:fail taskID not exist",
        InvalidState,
        Never,
    ),
    (
        "exception onOpen fail code:20, msg:Invalid HTTP status.",
        Handshake,
        Later,
    ),
    (
        "open fail: _code:20,_msg:Invalid HTTP status.",
        Handshake,
        Later,
    ),
    ("Excedding max concurrency 5", LimitExceeded, Later),
    ("Status error,current 3", InvalidState, Never),
    ("interrupted", Aborted, Later),
    ("Server sent no subprotocol", Handshake, Later),
    ("socket hang up", Handshake, Later),
    ("connectSocket:fail invalid url", InvalidArgument, Never),
    ("etwas anderes", Unknown, Later),
    ("timed ou", Unknown, Later),
    ("SyntaxError: no", InvalidArgument, Never),
    ("", Unknown, Later),
];

#[test]
fn words_that_hosts_are_known_for_have_a_kind_and_advice() {
    for (text, kind, advice) in KNOWN.iter().copied() {
        let error = error_of_words("", text);
        assert_eq!((error.kind(), error.retry()), (kind, advice), "{text}");
        assert_eq!(error.status(), None, "{text}");
    }
}

#[test]
fn a_status_in_a_text_is_told_and_decides() {
    let okhttp = |status: &str| format!("Expected HTTP 101 response but was '{status}'");
    let table = [
        (okhttp("503 Service Unavailable"), Some(503), Later),
        (okhttp("403 Forbidden"), Some(403), Never),
        (okhttp("429 "), Some(429), Later),
        (okhttp("530 "), Some(530), Later),
        (okhttp("408 Request Timeout"), Some(408), Later),
        (okhttp("4030"), None, Later),
        (okhttp("null"), None, Later),
        (
            "Received bad response code from server: 404.".into(),
            Some(404),
            Never,
        ),
        ("Unexpected server response: 403".into(), Some(403), Never),
        ("Unexpected server response: 502".into(), Some(502), Later),
        (
            "open fail: _code:200,_msg:Invalid HTTP status code 401".into(),
            Some(401),
            Never,
        ),
    ];
    for (text, status, advice) in table {
        let error = error_of_words("connectSocket: ", &text);
        let told = (error.kind(), error.status(), error.retry());
        assert_eq!(told, (Handshake, status, advice), "{text}");
        assert_eq!(error.reason(), format!("connectSocket: {text}"));
    }
}
