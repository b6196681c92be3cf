//! The URL of a connection.

use std::fmt;

use crate::{Error, ErrorKind, Result};

/// A checked `ws` or `wss` URL (RFC 6455 §3): a host, no fragment, no user name, sound percent escapes.
///
/// The scheme is lower case; the rest is as the caller wrote it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct SocketUrl {
    text: String,
    secure: bool,
}

impl SocketUrl {
    /// A text that is still to be parsed.
    pub(super) fn unchecked(text: String) -> Self {
        Self {
            text,
            secure: false,
        }
    }

    /// Checks `url`.
    ///
    /// # Errors
    ///
    /// `InvalidArgument` if the scheme is neither `ws` nor `wss`, the host is missing, the port is not
    /// within 1..=65535, or the URL has a fragment, a user name, a blank or control character (U+0000 to U+0020,
    /// U+007F to U+00A0) or a broken percent escape.
    pub fn parse(url: &str) -> Result<Self> {
        Self::unchecked(url.to_owned()).checked()
    }

    /// As [`parse`](Self::parse).
    pub(super) fn checked(mut self) -> Result<Self> {
        self.secure = begins(&mut self.text, "wss://");
        if !self.secure && !begins(&mut self.text, "ws://") {
            return Err(refused("url begins with neither ws:// nor wss://"));
        }
        let rest = self.text.as_bytes().get(5 + usize::from(self.secure)..);
        match problem(rest.unwrap_or_default()) {
            Some(problem) => Err(refused(problem)),
            None => Ok(self),
        }
    }

    /// Whether the scheme is `wss`.
    #[must_use]
    pub fn is_secure(&self) -> bool {
        self.secure
    }

    /// The URL as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }
}

impl fmt::Display for SocketUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

/// Whether the text begins with the scheme, which may be in capitals (RFC 3986 §3.1) and no longer is then.
fn begins(text: &mut str, scheme: &str) -> bool {
    match text.get_mut(..scheme.len()) {
        Some(start) if start.eq_ignore_ascii_case(scheme) => {
            start.make_ascii_lowercase();
            true
        }
        _ => false,
    }
}

const BLANK: &str = "url has a blank or a control character";

/// What is wrong with the URL behind its scheme.
fn problem(rest: &[u8]) -> Option<&'static str> {
    let (mut end, mut before) = (rest.len(), 0);
    for (at, byte) in rest.iter().enumerate() {
        match byte {
            // In UTF-8 two bytes from U+0080 on.
            0x80..=0xa0 if before == 0xc2 => return Some(BLANK),
            ..=b' ' | 0x7f => return Some(BLANK),
            b'#' => return Some("url has a fragment"),
            b'%' => match rest.get(at + 1..at + 3) {
                Some(digits) if digits.iter().all(u8::is_ascii_hexdigit) => {}
                _ => return Some("url has a % that starts no percent escape"),
            },
            b'"' | b'<' | b'>' | b'\\' | b'^' | b'`' | b'{' | b'|' | b'}' => {
                return Some("url has a character that must be percent-encoded");
            }
            b'/' | b'?' => end = end.min(at),
            _ => {}
        }
        before = *byte;
    }
    problem_of_authority(rest.get(..end).unwrap_or_default())
}

fn problem_of_authority(authority: &[u8]) -> Option<&'static str> {
    // Colons within brackets belong to an IPv6 address (RFC 3986 §3.2.2).
    let (mut brackets, mut host) = (false, authority);
    for (at, byte) in authority.iter().enumerate() {
        match byte {
            b'@' => return Some("url has a user name: use an Authorization header"),
            b'[' | b']' => (brackets, host) = (true, authority),
            b':' if host.len() == authority.len() => host = authority.get(..at)?,
            _ => {}
        }
    }
    if host.is_empty() {
        return Some("url has no host");
    }
    if brackets && !is_ipv6_literal(host) {
        return Some("url has a malformed IPv6 host");
    }
    let port = authority.get(host.len() + 1..)?;
    (!is_port(port)).then_some("url has a port that is not within 1 to 65535")
}

fn is_port(digits: &[u8]) -> bool {
    let mut port = 0u32;
    for digit in digits {
        if !digit.is_ascii_digit() || port > 65_535 {
            return false;
        }
        port = 10 * port + u32::from(digit - b'0');
    }
    (1..=65_535).contains(&port)
}

/// Eight groups, fewer around one `::`; the last two may be an IPv4 address (RFC 3986 §3.2.2).
fn is_ipv6_literal(host: &[u8]) -> bool {
    let [b'[', address @ .., b']'] = host else {
        return false;
    };
    // A colon at the beginning is the first of two.
    if address.starts_with(b":") && !address.starts_with(b"::") {
        return false;
    }
    let (mut groups, mut digits, mut gap, mut open) = (0, 0, false, false);
    for (at, byte) in address.iter().enumerate() {
        match byte {
            b':' if digits > 0 => (groups, digits, open) = (groups + 1, 0, true),
            b':' if at > 0 && gap => return false,
            b':' => (gap, open) = (at > 0, at == 0),
            b'.' if address.get(at - digits..).is_some_and(is_ipv4) => {
                groups += 1;
                break;
            }
            _ if byte.is_ascii_hexdigit() && digits < 4 => (digits, open) = (digits + 1, false),
            _ => return false,
        }
    }
    groups += usize::from(digits > 0);
    !open && if gap { groups < 8 } else { groups == 8 }
}

/// Four numbers up to 255, without zeros in front.
fn is_ipv4(address: &[u8]) -> bool {
    let (mut parts, mut digits, mut number) = (1, 0, 0);
    for byte in address {
        match byte {
            b'.' if digits > 0 => (parts, digits, number) = (parts + 1, 0, 0),
            b'0'..=b'9' if digits == 0 || number > 0 => {
                number = 10 * number + u32::from(byte - b'0');
                digits += 1;
            }
            _ => return false,
        }
        if number > 255 {
            return false;
        }
    }
    parts == 4 && digits > 0
}

fn refused(reason: &'static str) -> Error {
    Error::new(ErrorKind::InvalidArgument, reason)
}

#[cfg(test)]
mod tests {
    use std::net::Ipv6Addr;

    use proptest::prelude::*;

    use super::*;
    use crate::text::concat;

    proptest! {
        #[test]
        fn ipv6_hosts_are_those_of_the_standard_library(text in "[0-9a-f:.]{0,20}|([0-9a-f]{1,4}:){0,9}([0-9]{1,3}\\.){0,4}[0-9a-f]{0,4}|::([0-9a-f]{0,4}:?){0,8}") {
            let host = concat(&["[", &text, "]"]);
            prop_assert_eq!(is_ipv6_literal(host.as_bytes()), text.parse::<Ipv6Addr>().is_ok(), "{}", host);
        }
    }
}
