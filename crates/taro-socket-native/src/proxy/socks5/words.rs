//! What a SOCKS5 proxy says, in words, with what helps.

use crate::error::excerpt;

pub(super) const UNKNOWN: &str = "it asks for credentials: give them by Proxy::basic_auth, or as user:password@ in the proxy's URL";
pub(super) const NO_PASSWORD: &str =
    "it takes neither nobody nor a user name and a password: let it allow one of them (RFC 1929)";
pub(super) const PASSWORD: &str =
    "it does not take the user name and the password that it was given: check them";
pub(super) const NOT_OFFERED: &str = "it chose a way to authenticate that was not offered: check that a SOCKS5 proxy is at this port";
pub(super) const ADDRESS: &str = "its answer has an address of no known type (RFC 1928): check that a SOCKS5 proxy is at this port";

/// RFC 1928 §6.
pub(super) fn of_reply(code: u8) -> &'static str {
    match code {
        1 => "it failed (SOCKS5 reply 1): see its log, or try again later",
        2 => {
            "its rules do not allow this server or port (SOCKS5 reply 2): ask who runs it, or leave it out for this server (no_proxy, NO_PROXY)"
        }
        3 => {
            "the network is unreachable from it (SOCKS5 reply 3): check the server's address, and the proxy's network"
        }
        4 => {
            "the server is unreachable from it (SOCKS5 reply 4): check the server's host, and whether the proxy resolves it"
        }
        5 => {
            "the server refused the connection (SOCKS5 reply 5): nothing listens there; start the server, or check host and port"
        }
        6 => {
            "the server did not answer it in time (SOCKS5 reply 6): check host and port, and firewalls between"
        }
        7 => "it does not open ways (SOCKS5 reply 7, CONNECT not supported): use a proxy that does",
        8 => {
            "it does not take this type of address (SOCKS5 reply 8): socks5h:// sends the name, socks5:// an address"
        }
        _ => "it failed with a code that RFC 1928 does not know: see its log, or try again later",
    }
}

/// An answer that does not begin as SOCKS5 does.
pub(super) fn foreign(bytes: &[u8]) -> String {
    let beginning = excerpt::bytes(bytes);
    match bytes {
        [b'H', ..] => {
            format!("an HTTP server is at this port ({beginning}): http:// instead of socks5h://?")
        }
        [0 | 4, ..] => {
            format!("it speaks SOCKS4 or something else ({beginning}): check host and port")
        }
        _ => format!("its answer is not SOCKS5, it begins with {beginning}: check host and port"),
    }
}
