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

/// The proxy for a URL, and the variable that names it.
///
/// # Errors
///
/// `InvalidArgument` with the variable's name, and nothing of what is in it.
pub(super) fn proxy(
    url: &SocketUrl,
    read: impl Fn(&str) -> Option<OsString>,
) -> Result<Option<(Proxy, &'static str)>> {
    let variables = if url.is_secure() { SECURE } else { PLAIN };
    let Some((variable, value)) = first(variables, &read) else {
        return Ok(None);
    };
    if let Some((_, list)) = first(EXCEPT, &read) {
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
    read: impl Fn(&str) -> Option<OsString>,
) -> Option<(&'static str, OsString)> {
    variables.iter().find_map(|variable| {
        // In a CGI program it is the request's field `Proxy` (RFC 3875 §4.1.18), so anybody's.
        if *variable == "HTTP_PROXY" && read("REQUEST_METHOD").is_some() {
            return None;
        }
        let value = read(variable).filter(|value| !value.is_empty())?;
        Some((*variable, value))
    })
}

#[cfg(test)]
mod tests;
