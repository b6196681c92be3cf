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
    let mut text = text.as_bytes();
    loop {
        let (part, behind) = text.split_at_checked(words.len())?;
        if part.eq_ignore_ascii_case(words.as_bytes()) {
            return Some(behind);
        }
        text = text.get(1..)?;
    }
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
mod tests;
