//! The URL of a connection: WHATWG URL's rule for `ws` and `wss`.

mod authority;
mod cut;
mod flaw;
mod host;
mod href;
mod idna;
mod ipv4;
mod ipv6;
mod parse;
mod path;
mod percent;
mod punycode;
mod scheme;
mod wire;

use std::fmt;

pub use host::UrlHost;

use crate::Result;

/// A checked `ws` or `wss` URL, in the form that goes on the wire: printable ASCII, the same on every platform.
///
/// What is taken, and what becomes of it, is what the `WebSocket` constructor says (WHATWG WebSockets §3.1, WHATWG
/// URL §4.4), without a base URL:
///
/// - Blanks and control characters around the URL, and tabs and line ends within it, are dropped.
/// - `http` means `ws`, and `https` means `wss`. Backslashes are slashes.
/// - The host is percent-decoded, mapped to ASCII (UTS #46) and lower case; IP addresses are written in one way
///   (`0x7f.1` is `127.0.0.1`). The scheme's default port is dropped.
/// - `.` and `..` are taken out of the path. What path and query cannot hold is percent-encoded in UTF-8; what is
///   encoded already, and a `%` that encodes nothing, stays as it is.
///
/// A fragment is refused, as the constructor does. A user name is refused too: what it says would not be sent.
///
/// Its `Debug` leaves out the query, which may hold a token, and all behind the scheme where there is an `@`.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct SocketUrl {
    text: String,
}

impl SocketUrl {
    /// A text that is parsed already, or is still to be.
    pub(super) fn unchecked(text: String) -> Self {
        Self { text }
    }

    /// Parses `url`, without tables of characters.
    ///
    /// Beyond ASCII a host may have Chinese, Japanese and Korean characters, and letters of the Latin, Greek and Cyrillic
    /// alphabets; any other international name is taken in its `xn--` form.
    /// Such a form is taken if it is sound; whether each of its characters may be in a name is not looked at.
    ///
    /// # Errors
    ///
    /// `InvalidArgument` with what is wrong, which character it is, and at which byte of `url`, counted from 0:
    ///
    /// - The scheme is none of `ws`, `wss`, `http` and `https`, or is missing.
    /// - There is a fragment or a user name.
    /// - The host is missing, is a malformed IP address, or has a character that no host has: U+0000 to U+0020,
    ///   U+007F, or one of `#%/:<>?@[\]^|`, also if percent-encoded.
    /// - The host has a character beyond ASCII that is not among those above, or an unsound `xn--` form.
    /// - The port is not within 0 to 65535.
    ///
    /// The text never repeats another part of the URL.
    pub fn parse(url: &str) -> Result<Self> {
        parse::parse(url, idna::push).map(Self::unchecked)
    }

    /// As [`parse`](Self::parse), for adapters that have all tables: `domain_to_ascii` is the operation of UTS #46, asked for
    /// names that are not ASCII or have a label in `xn--` form; `None` refuses.
    ///
    /// # Errors
    ///
    /// Those of `parse`, but for hosts beyond ASCII what `domain_to_ascii` refuses.
    pub fn parse_with(url: &str, domain_to_ascii: impl Fn(&str) -> Option<String>) -> Result<Self> {
        let parsed = parse::parse(url, |wire, name, at| {
            host::push_name(wire, name, at, &domain_to_ascii)
        });
        parsed.map(Self::unchecked)
    }

    /// As [`parse`](Self::parse), for adapters whose host has a URL parser of its own: `href` is what that made of the URL, or
    /// `None` if it refused.
    ///
    /// # Errors
    ///
    /// `InvalidArgument` as `parse`, also if `href` is `None` or is no URL in ASCII. The text names no place.
    pub fn of_href(href: Option<String>) -> Result<Self> {
        let settled = href::settled(href).map_err(flaw::error);
        settled.map(Self::unchecked)
    }

    /// Whether the scheme is `wss`.
    #[must_use]
    pub fn is_secure(&self) -> bool {
        self.text.starts_with("wss:")
    }

    /// The URL as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The host, and the port unless it is the scheme's own: the value of the field `Host` (RFC 6455 §4.1).
    #[must_use]
    pub fn authority(&self) -> &str {
        self.parts().0
    }

    /// The host.
    #[must_use]
    pub fn host(&self) -> UrlHost<'_> {
        UrlHost::of(host::split(self.authority()).0)
    }

    /// The port; where none is written, 443 for `wss` and 80 for `ws`.
    #[must_use]
    pub fn port(&self) -> u16 {
        let written = host::split(self.authority()).1;
        let written = written.and_then(|port| port.parse().ok());
        written.unwrap_or_else(|| scheme::default_port(self.is_secure()))
    }

    /// Path and query, from the slash on: the target of the request (RFC 6455 §3).
    #[must_use]
    pub fn target(&self) -> &str {
        self.parts().1
    }

    fn parts(&self) -> (&str, &str) {
        let rest = self.text.split_once("://").map_or("", |(_, rest)| rest);
        rest.split_at(rest.find(['/', '?']).unwrap_or(rest.len()))
    }
}

impl fmt::Display for SocketUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl fmt::Debug for SocketUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // A text that is still to be parsed may have a password, with any character in it.
        let end = match self.text.contains('@') {
            true => self.text.find("://").map_or(0, |at| at + 3),
            false => self.text.find(['?', '#']).unwrap_or(self.text.len()),
        };
        let mut shown = self.text.get(..end).unwrap_or_default().to_owned();
        if end < self.text.len() {
            shown.push('…');
        }
        f.debug_tuple("SocketUrl").field(&shown).finish()
    }
}
