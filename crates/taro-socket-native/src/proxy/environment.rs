//! What the environment says of proxies, by curl's rules.

use std::ffi::OsString;

use taro_socket_api::{Result, SocketUrl};

use super::{
    no_proxy,
    option::{Proxy, refused},
};

/// Variables for `wss`, in order of precedence. The first two are curl's own for the scheme.
const SECURE: &[&str] = &[
    "wss_proxy",
    "WSS_PROXY",
    "https_proxy",
    "HTTPS_PROXY",
    "all_proxy",
    "ALL_PROXY",
];
/// Variables for `ws`.
const PLAIN: &[&str] = &[
    "ws_proxy",
    "WS_PROXY",
    "http_proxy",
    "HTTP_PROXY",
    "all_proxy",
    "ALL_PROXY",
];
const EXCEPT: &[&str] = &["no_proxy", "NO_PROXY"];

/// The proxy for a URL, and the variable that names it. `os` is the system, in the words of `std::env::consts::OS`.
///
/// # Errors
///
/// `InvalidArgument` with the variable's name, and nothing of what is in it.
pub(super) fn proxy(
    url: &SocketUrl,
    os: &str,
    read: impl Fn(&str) -> Option<OsString>,
) -> Result<Option<(Proxy, &'static str)>> {
    let variables = if url.is_secure() { SECURE } else { PLAIN };
    let Some((variable, value)) = first(variables, os, &read) else {
        return Ok(None);
    };
    if let Some((_, list)) = first(EXCEPT, os, &read) {
        // What is no UTF-8 is no name that a URL has.
        if no_proxy::names(&list.to_string_lossy(), url.host(), url.port()) {
            return Ok(None);
        }
    }
    let what = format!("the environment variable {variable}");
    let value = value
        .into_string()
        .map_err(|_| refused(&what, "it is no UTF-8"))?;
    let proxy = Proxy::parse(&value, &what)?;
    Ok(Some((proxy, variable)))
}

/// The first of them that is set. An empty one is not.
fn first(
    variables: &[&'static str],
    os: &str,
    read: impl Fn(&str) -> Option<OsString>,
) -> Option<(&'static str, OsString)> {
    variables.iter().find_map(|variable| {
        // In a CGI program it is the request's field `Proxy` (RFC 3875 §4.1.18), so anybody's.
        if is_field(variable, os) && read("REQUEST_METHOD").is_some() {
            return None;
        }
        let value = read(variable).filter(|value| !value.is_empty())?;
        Some((*variable, value))
    })
}

/// Whether reading it gives what a CGI server makes of the field `Proxy`: on Windows names have no case.
fn is_field(variable: &str, os: &str) -> bool {
    const FIELD: &str = "HTTP_PROXY";
    variable == FIELD || os == "windows" && variable.eq_ignore_ascii_case(FIELD)
}

#[cfg(test)]
mod tests;
