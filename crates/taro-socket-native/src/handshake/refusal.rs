//! An answer other than 101, as an error.

use taro_socket_api::{Error, HandshakeResponse};

use crate::{
    error::{self, excerpt},
    http::Head,
};

/// `unfollowed` says why a redirect was not followed although redirects are.
pub(super) fn error(place: &str, head: Head, body: Vec<u8>, unfollowed: Option<String>) -> Error {
    let mut text = format!("the server answered {}", head.status);
    let phrase = excerpt::line(&head.reason);
    if !phrase.is_empty() {
        text.push(' ');
        text.push_str(&phrase);
    }
    text.push_str(" instead of 101: ");
    text.push_str(&unfollowed.unwrap_or_else(|| remedy(&head)));
    if let Some(body) = shown(&head, &body) {
        text.push_str("; it says: ");
        text.push_str(&body);
    }
    let response = HandshakeResponse::new(head.status, head.header, body);
    error::handshake(place, &text).with_response(response)
}

fn remedy(head: &Head) -> String {
    let remedy = match head.status {
        300..=399 => match head.values("location").next() {
            Some(location) => {
                let location = excerpt::location(location);
                return format!("it redirects to {location}, which is not followed: connect there");
            }
            None => "it redirects without saying where to: check the URL",
        },
        400 => "check path and headers, and whether the port speaks TLS (wss://)",
        401 | 407 => "give credentials, for example by the header Authorization",
        403 => "it does not allow this: check credentials, the header Origin and the path",
        404 | 410 => "no WebSocket is at this path: check the URL",
        426 => "it asks for another protocol or version",
        200..=299 | 405 | 501 => {
            "plain HTTP is served at this path, not a WebSocket: check the URL"
        }
        408 | 425 | 429 | 500..=599 => "try again later",
        _ => "check URL and headers",
    };
    remedy.to_owned()
}

/// The beginning of the body, if it is text that is not compressed.
fn shown(head: &Head, body: &[u8]) -> Option<String> {
    let coded = |name| {
        head.elements(name).any(|coding| {
            !coding.eq_ignore_ascii_case("identity") && !coding.eq_ignore_ascii_case("chunked")
        })
    };
    if coded("content-encoding") || coded("transfer-encoding") {
        return None;
    }
    excerpt::body(body)
}
