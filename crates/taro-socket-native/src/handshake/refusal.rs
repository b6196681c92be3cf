//! An answer other than 101, as an error.

use taro_socket_api::{Error, HandshakeResponse};

use crate::{
    error::{self, excerpt},
    http::Head,
};

pub(super) fn error(place: &str, head: Head, body: Vec<u8>) -> Error {
    let mut text = format!("the server answered {}", head.status);
    let phrase = excerpt::line(&head.reason);
    if !phrase.is_empty() {
        text.push(' ');
        text.push_str(&phrase);
    }
    text.push_str(" instead of 101: ");
    text.push_str(&remedy(&head));
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
                let location = excerpt::line(&bare(location));
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

/// A URL or a part of one (RFC 3986 §4.1) without user information, query and fragment: they may be secret.
fn bare(location: &str) -> String {
    let end = location.find(['?', '#']).unwrap_or(location.len());
    let (location, rest) = location.split_at(end);
    let rest = if rest.is_empty() { "" } else { "…" };
    let (before, behind) = match location.find("//") {
        Some(at) => location.split_at(at + 2),
        None => ("", location),
    };
    // Also of a path, where it is nobody: better a name too few than a password too many.
    let behind = behind.rsplit('@').next().unwrap_or_default();
    format!("{before}{behind}{rest}")
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_a_location_nothing_secret_is_shown() {
        let table = [
            ("https://h:1/a/b", "https://h:1/a/b"),
            ("https://h/a?token=SECRET", "https://h/a…"),
            ("https://h#access_token=SECRET", "https://h…"),
            ("https://user:SECRET@h/a", "https://h/a"),
            ("https://user:SEC/RET@h/a", "https://h/a"),
            ("https://user:SEC@RET@h/a?SECRET", "https://h/a…"),
            ("//user:SECRET@h/", "//h/"),
            ("user:SECRET@h", "h"),
            ("/login?next=SECRET", "/login…"),
            ("?SECRET", "…"),
            ("", ""),
        ];
        for (location, shown) in table {
            assert_eq!(bare(location), shown, "{location}");
        }
    }
}
