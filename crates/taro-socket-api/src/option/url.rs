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
    let (host, port) = match authority.rfind(']') {
        Some(end) => (&authority[..=end], authority[end + 1..].strip_prefix(':')),
        None => match authority.split_once(':') {
            Some((host, port)) => (host, Some(port)),
            None => (authority, None),
        },
    };
    if host.is_empty() || (authority.ends_with(']') && host != authority) {
        return Err(refused("url has no host"));
    }
    if host.starts_with('[') != host.ends_with(']')
        || (host.contains(':') && !host.starts_with('['))
    {
        return Err(refused(
            "url has a malformed IPv6 host: write it in brackets",
        ));
    }
    match port {
        None | Some("") if !authority.ends_with(':') => Ok(()),
        Some(port)
            if port.bytes().all(|byte| byte.is_ascii_digit())
                && port.parse::<u16>().is_ok_and(|port| port > 0) =>
        {
            Ok(())
        }
        _ => Err(refused("url has a port that is not within 1 to 65535")),
    }
}

fn refused(reason: impl Into<std::borrow::Cow<'static, str>>) -> Error {
    Error::new(ErrorKind::InvalidArgument, reason)
}
