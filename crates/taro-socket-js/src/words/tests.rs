//! What is read out of the texts of hosts.

use taro_socket_api::{
    ErrorKind::*,
    RetryAdvice::{Later, Never},
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
    ("interrupted", Aborted, Later),
    ("Server sent no subprotocol", Handshake, Later),
    ("socket hang up", Handshake, Later),
    ("connectSocket:fail invalid url", InvalidArgument, Never),
    ("etwas anderes", Unknown, Later),
    ("timed ou", Unknown, Later),
    ("net::ERR_NAME_NOT_RESOLVED", Dns, Later),
    ("getaddrinfo ENOTFOUND tls.example.com", Dns, Later),
    ("connect ECONNREFUSED 127.0.0.1:9", Connect, Later),
    ("read ECONNRESET", Connect, Later),
    ("connect EHOSTUNREACH 10.0.0.1:443", Connect, Later),
    ("connect ETIMEDOUT 10.0.0.1:443", Timeout, Later),
    ("net::ERR_CONNECTION_TIMED_OUT", Timeout, Later),
    ("连接失败：Connection refused", Connect, Later),
    ("The host does not exist", Dns, Later),
    ("could not open a connection to the host", Connect, Later),
    ("connectSocket:fail taskID not exist", Unknown, Later),
    // Cut within the handshake of TLS.
    (
        "Client network socket disconnected before secure TLS connection was established",
        Connect,
        Later,
    ),
    (
        "Read error: ssl=0x7b2c: I/O error during system call, Software caused connection abort",
        Connect,
        Later,
    ),
    (
        "Write error: ssl=0x7b2c: I/O error during system call, Broken pipe",
        Connect,
        Later,
    ),
    (
        "SSL handshake aborted: ssl=0x7b2c: I/O error during system call, Success",
        Tls,
        Later,
    ),
    (
        "javax.net.ssl.SSLHandshakeException: Remote host closed connection during handshake",
        Tls,
        Later,
    ),
    (
        "javax.net.ssl.SSLException: Connection closed",
        Connect,
        Later,
    ),
    ("java.net.SocketTimeoutException", Timeout, Later),
    (
        "An SSL error has occurred and a secure connection to the server cannot be made.",
        Tls,
        Later,
    ),
    // A certificate, a name, a version.
    (
        "java.security.cert.CertPathValidatorException: no",
        Tls,
        Never,
    ),
    ("The certificate for this server is invalid.", Tls, Never),
    ("net::ERR_CERT_DATE_INVALID", Tls, Never),
    ("net::ERR_SSL_VERSION_OR_CIPHER_MISMATCH", Tls, Never),
    ("Hostname example.com not verified:", Tls, Never),
    (
        "error:0A00010B:SSL routines::wrong version number",
        Tls,
        Never,
    ),
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
fn names_and_addresses_of_servers_say_nothing() {
    let servers = [
        "crosslink.io/93.184.216.34:443",
        "ssl.example.com/93.184.216.34:443",
        "tls.example.com:443",
        "tls/[2001:db8::1]:443",
        "certificate-shop.example/1.2.3.4:443",
        "a.certificate/1.2.3.4",
        "cleartext.example/1.2.3.4:80",
        "'wss://tls.example.com/Timeout?refused:interrupted'",
        "wss://interrupted.example/",
        "x.handshake",
    ];
    for server in servers {
        for (text, kind) in [
            ("Failed to connect to ", Connect),
            ("Unable to resolve host ", Dns),
            ("etwas anderes: ", Unknown),
        ] {
            let text = format!("{text}{server}");
            let error = error_of_words("connectSocket: ", &text);
            assert_eq!((error.kind(), error.retry()), (kind, Later), "{text}");
            let text = format!("{server} {text}");
            let error = error_of_words("connectSocket: ", &text);
            assert_eq!((error.kind(), error.retry()), (kind, Later), "{text}");
        }
    }
}

#[test]
fn a_state_is_read_only_of_what_is_done_to_a_socket() {
    for text in ["taskID not exist", "Status error,current 3", "not open"] {
        for what in ["send: ", "close: "] {
            let error = error_of_words(what, text);
            assert_eq!(
                (error.kind(), error.retry()),
                (InvalidState, Never),
                "{what}{text}"
            );
        }
        for what in ["", "connectSocket: ", "onError: ", "onClose: "] {
            let error = error_of_words(what, text);
            assert_eq!(
                (error.kind(), error.retry()),
                (Unknown, Later),
                "{what}{text}"
            );
        }
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
        (
            "Invalid status code received: 403 Status line: HTTP/1.1 403 Forbidden".into(),
            Some(403),
            Never,
        ),
        ("HTTP/1.1 503 Service Unavailable".into(), Some(503), Later),
        ("The server responded with 403".into(), Some(403), Never),
        (
            "Error during WebSocket handshake: Unexpected response code: 403".into(),
            Some(403),
            Never,
        ),
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
