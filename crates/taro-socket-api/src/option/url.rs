//! The URL of a connection.

use std::{fmt, net::Ipv6Addr};

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
        let (scheme, rest) = url
            .split_once("://")
            .ok_or_else(|| refused("url has no ws:// or wss://"))?;
        let secure = match scheme.to_ascii_lowercase().as_str() {
            "ws" => false,
            "wss" => true,
            other => return Err(refused(format!("url scheme {other:?} is not ws or wss"))),
        };
        check_characters(rest)?;
        let authority = rest.split(['/', '?']).next().unwrap_or_default();
        check_authority(authority)?;
        let scheme = if secure { "wss" } else { "ws" };
        Ok(Self {
            text: format!("{scheme}://{rest}"),
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

fn check_characters(rest: &str) -> Result<()> {
    if rest.contains('#') {
        return Err(refused("url has a fragment"));
    }
    let forbidden = |c: char| c.is_whitespace() || c.is_control() || "\"<>\\^`{|}".contains(c);
    if let Some(bad) = rest.chars().find(|c| forbidden(*c)) {
        return Err(refused(format!("url has {bad:?}: percent-encode it")));
    }
    for (at, _) in rest.match_indices('%') {
        let digits = rest.as_bytes().get(at + 1..at + 3);
        if !digits.is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit)) {
            return Err(refused("url has a % that starts no percent escape"));
        }
    }
    Ok(())
}

fn check_authority(authority: &str) -> Result<()> {
    if authority.contains('@') {
        return Err(refused("url has a user name: use an Authorization header"));
    }
    // Colons within brackets belong to an IPv6 address (RFC 3986 §3.2.2).
    let host_end = authority.rfind(']').map_or(0, |end| end + 1);
    let (host, port) = match authority[host_end..].split_once(':') {
        Some((rest, port)) => (&authority[..host_end + rest.len()], Some(port)),
        None => (authority, None),
    };
    if host.is_empty() {
        return Err(refused("url has no host"));
    }
    if host.contains(['[', ']']) && !is_ipv6_literal(host) {
        return Err(refused("url has a malformed IPv6 host"));
    }
    let in_range = |port: &str| port.parse::<u16>().is_ok_and(|port| port > 0);
    match port {
        Some(port) if port.starts_with('+') || !in_range(port) => {
            Err(refused("url has a port that is not within 1 to 65535"))
        }
        _ => Ok(()),
    }
}

fn is_ipv6_literal(host: &str) -> bool {
    let inner = host
        .strip_prefix('[')
        .and_then(|host| host.strip_suffix(']'));
    inner.is_some_and(|address| address.parse::<Ipv6Addr>().is_ok())
}

fn refused(reason: impl Into<std::borrow::Cow<'static, str>>) -> Error {
    Error::new(ErrorKind::InvalidArgument, reason)
}
