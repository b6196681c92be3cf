//! Names of servers.

use idna::AsciiDenyList;
use taro_socket_api::{SocketUrl, UrlHost};

use crate::DialTarget;

/// Where a connection goes, as `host:port`.
pub(crate) fn place(url: &SocketUrl) -> String {
    DialTarget::new(of(&url.host()), url.port()).to_string()
}

/// The host without brackets.
pub(crate) fn of(host: &UrlHost<'_>) -> String {
    match host {
        UrlHost::Domain(name) => (*name).to_owned(),
        UrlHost::Ipv4(ip) => ip.to_string(),
        UrlHost::Ipv6(ip) => ip.to_string(),
    }
}

/// The name in ASCII (WHATWG URL §3.3, domain to ASCII), `None` if it is none.
pub(crate) fn to_ascii(name: &str) -> Option<String> {
    let ascii = idna::domain_to_ascii_cow(name.as_bytes(), AsciiDenyList::URL);
    ascii.ok().map(Into::into)
}
