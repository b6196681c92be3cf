//! What is spoken with a proxy.

/// The scheme of a proxy's URL, in curl's words.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Scheme {
    /// CONNECT over TCP.
    Http,
    /// CONNECT over TLS.
    Https,
    /// SOCKS5, names resolved here.
    Socks5,
    /// SOCKS5, names resolved by the proxy.
    Socks5h,
}

impl Scheme {
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Http => "http",
            Self::Https => "https",
            Self::Socks5 => "socks5",
            Self::Socks5h => "socks5h",
        }
    }

    /// The port where none is written: those of HTTP (RFC 9110 §4.2) and of SOCKS (RFC 1928 §3).
    pub(super) const fn default_port(self) -> u16 {
        match self {
            Self::Http => 80,
            Self::Https => 443,
            Self::Socks5 | Self::Socks5h => 1080,
        }
    }

    /// Whether requests have header fields.
    pub(super) const fn is_http(self) -> bool {
        matches!(self, Self::Http | Self::Https)
    }

    /// The scheme of that name, in any case; or what is wrong with it.
    pub(super) fn of(name: &str) -> Result<Self, &'static str> {
        let all = [Self::Http, Self::Https, Self::Socks5, Self::Socks5h];
        let mut named = all
            .into_iter()
            .filter(|scheme| scheme.name().eq_ignore_ascii_case(name));
        named.next().ok_or_else(|| wrong(name))
    }
}

fn wrong(name: &str) -> &'static str {
    let is = |other: &&str| other.eq_ignore_ascii_case(name);
    if ["socks4", "socks4a", "socks"].iter().any(is) {
        "SOCKS4 is not spoken: write socks5h:// if the proxy speaks SOCKS5, otherwise use another proxy"
    } else {
        "its scheme is none of http, https, socks5 and socks5h"
    }
}
