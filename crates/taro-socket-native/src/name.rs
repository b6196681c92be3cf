//! Names of servers.

use idna::AsciiDenyList;
use taro_socket_api::{SocketUrl, UrlHost};

/// Where a connection goes, as `host:port`.
pub(crate) fn place(url: &SocketUrl) -> String {
    let port = url.port();
    match url.host() {
        UrlHost::Domain(name) => format!("{name}:{port}"),
        UrlHost::Ipv4(ip) => format!("{ip}:{port}"),
        UrlHost::Ipv6(ip) => format!("[{ip}]:{port}"),
    }
}

/// The name in ASCII (WHATWG URL §3.3, domain to ASCII), `None` if it is none.
pub(crate) fn to_ascii(name: &str) -> Option<String> {
    let ascii = idna::domain_to_ascii_cow(name.as_bytes(), AsciiDenyList::URL);
    ascii.ok().map(Into::into)
}
