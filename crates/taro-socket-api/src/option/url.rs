//! The URL of a connection.

use std::fmt;

use crate::{Error, ErrorKind, Result, text::concat};

/// A checked `ws` or `wss` URL (RFC 6455 §3): a host, no fragment, no user name, sound percent escapes.
///
/// The scheme is lower case; the rest is as the caller wrote it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct SocketUrl {
    text: String,
    secure: bool,
}

impl SocketUrl {
    /// Checks `url`.
    ///
    /// # Errors
    ///
    /// `InvalidArgument` if the scheme is neither `ws` nor `wss`, the host is missing, the port is not
    /// within 1..=65535, or the URL has a fragment, a user name, a blank, a control character or a broken
    /// percent escape.
    pub fn parse(url: &str) -> Result<Self> {
        if url.is_empty() {
            return Err(refused("url is empty"));
        }
        let (rest, secure) = match (after_scheme(url, "ws://"), after_scheme(url, "wss://")) {
            (Some(rest), _) => (rest, false),
            (_, Some(rest)) => (rest, true),
            _ => return Err(refused("url begins with neither ws:// nor wss://")),
        };
        check_characters(rest)?;
        let mut parts = rest.as_bytes().split(|byte| matches!(byte, b'/' | b'?'));
        check_authority(parts.next().unwrap_or_default())?;
        let scheme = if secure { "wss://" } else { "ws://" };
        Ok(Self {
            text: concat(&[scheme, rest]),
            secure,
        })
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

/// What follows the scheme, which is compared without case (RFC 3986 §3.1).
fn after_scheme<'a>(url: &'a str, scheme: &str) -> Option<&'a str> {
    let head = url.get(..scheme.len())?;
    let same = head.eq_ignore_ascii_case(scheme);
    same.then(|| url.get(scheme.len()..)).flatten()
}

fn check_characters(rest: &str) -> Result<()> {
    for (at, character) in rest.char_indices() {
        let escape = || rest.as_bytes().get(at + 1..at + 3);
        let problem = match character {
            '#' => "url has a fragment",
            '%' if !escape().is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit)) => {
                "url has a % that starts no percent escape"
            }
            '"' | '<' | '>' | '\\' | '^' | '`' | '{' | '|' | '}' => {
                "url has a character that must be percent-encoded"
            }
            _ if character.is_whitespace() || character.is_control() => {
                "url has a blank or a control character"
            }
            _ => continue,
        };
        return Err(refused(problem));
    }
    Ok(())
}

fn check_authority(authority: &[u8]) -> Result<()> {
    // Colons within brackets belong to an IPv6 address (RFC 3986 §3.2.2).
    let (mut brackets, mut colon) = (false, None);
    for (at, byte) in authority.iter().enumerate() {
        match byte {
            b'@' => return Err(refused("url has a user name: use an Authorization header")),
            b'[' | b']' => (brackets, colon) = (true, None),
            b':' if colon.is_none() => colon = Some(at),
            _ => {}
        }
    }
    let end = colon.unwrap_or(authority.len());
    let host = authority.get(..end).unwrap_or_default();
    if host.is_empty() {
        return Err(refused("url has no host"));
    }
    if brackets && !is_ipv6_literal(host) {
        return Err(refused("url has a malformed IPv6 host"));
    }
    match authority.get(end + 1..) {
        Some(port) if colon.is_some() && !is_port(port) => {
            Err(refused("url has a port that is not within 1 to 65535"))
        }
        _ => Ok(()),
    }
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
    let (mut groups, mut gap, mut rest) = (0, false, address);
    if let Some(after) = rest.strip_prefix(b"::") {
        (gap, rest) = (true, after);
    }
    while !(gap && rest.is_empty()) {
        let end = rest.iter().position(|byte| *byte == b':');
        match rest.get(..end.unwrap_or(rest.len())).unwrap_or_default() {
            group if is_group(group) => groups += 1,
            last if end.is_none() && is_ipv4(last) => groups += 2,
            _ => return false,
        }
        let Some(after) = end.and_then(|end| rest.get(end + 1..)) else {
            break;
        };
        rest = after;
        if let Some(after) = rest.strip_prefix(b":") {
            if gap {
                return false;
            }
            (gap, rest) = (true, after);
        } else if rest.is_empty() {
            return false;
        }
    }
    if gap { groups < 8 } else { groups == 8 }
}

fn is_group(group: &[u8]) -> bool {
    matches!(group.len(), 1..=4) && group.iter().all(u8::is_ascii_hexdigit)
}

fn is_ipv4(address: &[u8]) -> bool {
    let mut parts = 0;
    let sound = address.split(|byte| *byte == b'.').all(|part| {
        parts += 1;
        let digits = matches!(part.len(), 1..=3) && part.iter().all(u8::is_ascii_digit);
        let number = |digits: &[u8]| {
            digits
                .iter()
                .fold(0, |sum, digit| 10 * sum + u32::from(digit - b'0'))
        };
        digits && number(part) <= 255 && (part.len() == 1 || part.first() != Some(&b'0'))
    });
    sound && parts == 4
}

fn refused(reason: &'static str) -> Error {
    Error::new(ErrorKind::InvalidArgument, reason)
}

#[cfg(test)]
mod tests {
    use std::net::Ipv6Addr;

    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn ipv6_hosts_are_those_of_the_standard_library(text in "[0-9a-f:.]{0,20}|([0-9a-f]{1,4}:){0,9}([0-9]{1,3}\\.){0,4}[0-9a-f]{0,4}|::([0-9a-f]{0,4}:?){0,8}") {
            let host = concat(&["[", &text, "]"]);
            prop_assert_eq!(is_ipv6_literal(host.as_bytes()), text.parse::<Ipv6Addr>().is_ok(), "{}", host);
        }
    }
}
