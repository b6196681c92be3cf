//! What the texts of hosts say.
//!
//! A loose reading: the texts of systems, of their HTTP clients and of vendors are documented nowhere, some are
//! translated, and all of them change. So what is not known is `Unknown`, whose advice is to try again.

use taro_socket_api::{Error, ErrorKind};

use crate::kind_of;

/// The error of a host's text, which stays as it is, told of `what`. Its kind is that of the first known words in it,
/// or of the exception that it names; a status that it tells is the error's.
#[must_use]
pub fn error_of_words(what: &str, text: &str) -> Error {
    let status = status_in(text);
    let kind = match status {
        Some(_) => ErrorKind::Handshake,
        None => kind_of_words(text),
    };
    let mut reason = String::from(what);
    reason.push_str(text);
    let error = Error::new(kind, reason);
    match status {
        Some(status) => error.with_status(status),
        None => error,
    }
}

/// The kind of a host's text.
#[must_use]
pub fn kind_of_words(text: &str) -> ErrorKind {
    let known = WORDS.iter();
    let mut known = known.filter(|(words, _)| after(text, words).is_some());
    known
        .next()
        .map_or_else(|| kind_of(text), |(_, kind)| *kind)
}

/// The HTTP status that a text tells.
fn status_in(text: &str) -> Option<u16> {
    let mut told = STATUS.iter().filter_map(|words| after(text, words));
    told.find_map(number)
}

/// Three digits, and no more of them.
fn number(text: &[u8]) -> Option<u16> {
    let digits = text.iter().take_while(|byte| byte.is_ascii_digit());
    let (count, number) = digits.fold((0, 0_u16), |(count, number), digit| {
        let number = number
            .wrapping_mul(10)
            .wrapping_add(u16::from(digit - b'0'));
        (count + 1, number)
    });
    (count == 3 && (100..=999).contains(&number) && number != 101).then_some(number)
}

/// What comes behind these words, in any case. `str::find` brings much more code along.
fn after<'a>(text: &'a str, words: &str) -> Option<&'a [u8]> {
    let (text, words) = (text.as_bytes(), words.as_bytes());
    let mut places = text.windows(words.len());
    let at = places.position(|part| part.eq_ignore_ascii_case(words))?;
    text.get(at + words.len()..)
}

/// Behind these words stands a status.
const STATUS: &[&str] = &[
    // OkHttp
    "expected http 101 response but was '",
    // SocketRocket
    "bad response code from server: ",
    // Node.js, which developer tools are made of
    "unexpected server response: ",
    "invalid http status code ",
    "invalid status code ",
    "response status ",
    "response code: ",
    "status code: ",
    "statuscode:",
    "http status: ",
    "http status ",
];

/// In this order: a text may hold several.
const WORDS: &[(&str, ErrorKind)] = &[
    // What the app may not: network security configuration, App Transport Security, a vendor's list.
    ("cleartext", ErrorKind::Unsupported),
    ("app transport security", ErrorKind::Unsupported),
    ("domain list", ErrorKind::Unsupported),
    ("url check fail", ErrorKind::Unsupported),
    ("check url fail", ErrorKind::Unsupported),
    ("invalid websocket url", ErrorKind::InvalidArgument),
    ("invalid url", ErrorKind::InvalidArgument),
    ("max concurrent", ErrorKind::LimitExceeded),
    ("max concurrency", ErrorKind::LimitExceeded),
    ("max websocket connect count", ErrorKind::LimitExceeded),
    ("not exist", ErrorKind::InvalidState),
    ("not open", ErrorKind::InvalidState),
    ("status error", ErrorKind::InvalidState),
    ("interrupted", ErrorKind::Aborted),
    ("expected http 101", ErrorKind::Handshake),
    ("bad response code", ErrorKind::Handshake),
    ("header value", ErrorKind::Handshake),
    ("sec-websocket", ErrorKind::Handshake),
    ("subprotocol", ErrorKind::Handshake),
    ("server response", ErrorKind::Handshake),
    ("too many follow-up requests", ErrorKind::Handshake),
    ("http status", ErrorKind::Handshake),
    // TCP has ended before the answer.
    ("socket hang up", ErrorKind::Handshake),
    ("resolve host", ErrorKind::Dns),
    ("hostname could not be found", ErrorKind::Dns),
    ("nodename nor servname", ErrorKind::Dns),
    ("getaddrinfo", ErrorKind::Dns),
    ("not resolved", ErrorKind::Dns),
    // Of these some pass: a handshake that was cut or timed out is none of a certificate's.
    ("trust anchor", ErrorKind::Tls),
    ("certificate", ErrorKind::Tls),
    ("certpath", ErrorKind::Tls),
    ("timeout", ErrorKind::Timeout),
    ("timed out", ErrorKind::Timeout),
    // `failed to connect to /10.0.2.2 (port 80) after 10000ms`
    (") after ", ErrorKind::Timeout),
    ("connection reset", ErrorKind::Connect),
    ("connection closed by peer", ErrorKind::Connect),
    ("unexpected end of", ErrorKind::Connect),
    ("ssl", ErrorKind::Tls),
    ("tls", ErrorKind::Tls),
    ("handshake", ErrorKind::Handshake),
    ("failed to connect", ErrorKind::Connect),
    ("refused", ErrorKind::Connect),
    ("unreachable", ErrorKind::Connect),
    ("connection to the server failed", ErrorKind::Connect),
    ("no function", ErrorKind::HostUnavailable),
    ("typeerror", ErrorKind::HostUnavailable),
];

#[cfg(test)]
mod tests {
    use taro_socket_api::RetryAdvice::{Later, Never};

    use super::*;

    #[test]
    fn words_that_hosts_are_known_for_have_a_kind_and_advice() {
        use ErrorKind::*;
        let table = [
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
        for (text, kind, advice) in table {
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
            assert_eq!(told, (ErrorKind::Handshake, status, advice), "{text}");
            assert_eq!(error.reason(), format!("connectSocket: {text}"));
        }
    }
}
