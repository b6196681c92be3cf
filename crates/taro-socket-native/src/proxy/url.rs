//! The URL of a proxy, taken apart.

use taro_socket_api::SocketUrl;

use super::{credentials::Credentials, scheme::Scheme};
use crate::name;

/// What a proxy's URL says.
pub(super) struct Parts {
    pub(super) scheme: Scheme,
    /// Host and port, as a URL of `ws`.
    pub(super) at: SocketUrl,
    pub(super) credentials: Option<Credentials>,
}

const HOST: &str = "its host is missing or is no name and no IP address: write http://host:port";
const PORT: &str = "its port is no number up to 65535: write http://host:port, and % / ? # of a password as %25 %2F %3F %23";

/// Takes a URL apart, or tells what is wrong without repeating any of it. Without a scheme it is `http`.
pub(super) fn parse(url: &str) -> Result<Parts, &'static str> {
    let url = url.trim_ascii();
    let (scheme, rest) = match url.split_once("://") {
        Some((scheme, rest)) => (Scheme::of(scheme)?, rest),
        None => (Scheme::Http, url),
    };
    let end = rest.find(['/', '\\', '?', '#']).unwrap_or(rest.len());
    let (authority, tail) = rest.split_at(end);
    match tail {
        "" | "/" => {}
        tail if tail.contains('@') => {
            return Err(
                "it has an @ behind its end: write % / ? # of a password as %25 %2F %3F %23",
            );
        }
        _ => return Err("it has a path, which no proxy is asked for: end it behind the port"),
    }
    let (user, place) = match authority.rsplit_once('@') {
        Some((user, place)) => (user, place),
        None => ("", authority),
    };
    Ok(Parts {
        scheme,
        at: at(place, scheme)?,
        credentials: credentials(user)?,
    })
}

fn at(place: &str, scheme: Scheme) -> Result<SocketUrl, &'static str> {
    // A colon within brackets belongs to an IPv6 address.
    let behind = place.rfind(']').map_or(0, |bracket| bracket + 1);
    let colon = place.get(behind..).and_then(|rest| rest.find(':'));
    let (host, port) = match colon {
        Some(colon) => place.split_at(behind + colon),
        None => (place, ""),
    };
    let port = match port.strip_prefix(':') {
        None | Some("") => scheme.default_port(),
        Some(digits) if digits.bytes().all(|byte| byte.is_ascii_digit()) => {
            digits.parse().map_err(|_| PORT)?
        }
        Some(_) => return Err(PORT),
    };
    // Dropped in a URL, so not seen by its parser.
    if host.contains(['\t', '\r', '\n']) {
        return Err(HOST);
    }
    let url = format!("ws://{host}:{port}");
    SocketUrl::parse_with(&url, name::to_ascii).map_err(|_| HOST)
}

/// User name and password, percent-decoded (RFC 3986 §2.1). None where both are empty.
fn credentials(text: &str) -> Result<Option<Credentials>, &'static str> {
    let (user, password) = text.split_once(':').unwrap_or((text, ""));
    if user.is_empty() && password.is_empty() {
        return Ok(None);
    }
    Ok(Some(Credentials::new(decoded(user)?, decoded(password)?)))
}

/// A `%` that encodes nothing stays as it is (WHATWG URL §1.3).
fn decoded(text: &str) -> Result<String, &'static str> {
    let (bytes, mut out, mut at) = (text.as_bytes(), Vec::new(), 0);
    while let Some(byte) = bytes.get(at) {
        let digits = bytes.get(at + 1..at + 3).filter(|_| *byte == b'%');
        let encoded = digits.and_then(hexadecimal);
        out.push(encoded.unwrap_or(*byte));
        at += if encoded.is_some() { 3 } else { 1 };
    }
    String::from_utf8(out)
        .map_err(|_| "its user name or password is no UTF-8 behind the percent signs")
}

fn hexadecimal(digits: &[u8]) -> Option<u8> {
    let digit = |byte: &u8| char::from(*byte).to_digit(16);
    let mut number = 0;
    for byte in digits {
        number = number << 4 | digit(byte)?;
    }
    u8::try_from(number).ok()
}

#[cfg(test)]
mod tests;
