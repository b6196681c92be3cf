//! A proxy that does not open the way.

use std::io;

use taro_socket_api::{Error, ErrorKind};

use super::host::from_host;
#[cfg(feature = "__tls")]
use super::tls;

/// What the proxy said, or why it cannot be asked. `proxy` is as in `proxy host:port`, `server` as in `host:port`.
pub(crate) fn refused(kind: ErrorKind, proxy: &str, server: &str, reason: &str) -> Error {
    Error::new(kind, text(proxy, server, reason))
}

/// TCP or TLS ended before the proxy's answer was complete; without an error it was the regular end.
pub(crate) fn cut(proxy: &str, server: &str, error: Option<io::Error>) -> Error {
    const REMEDY: &str = "it may speak something else at this port, or not allow this server: check the proxy's scheme, host and port, and its log";
    let Some(error) = error else {
        let reason = format!("it ended the connection before its answer was complete: {REMEDY}");
        return refused(ErrorKind::Proxy, proxy, server, &reason);
    };
    #[cfg(feature = "__tls")]
    let error = match tls::within(error, &format!("TLS with {proxy}")) {
        Ok(told) => return told,
        Err(error) => error,
    };
    let reason = format!("the connection broke before its answer was complete: {error}: {REMEDY}");
    from_host(ErrorKind::Proxy, text(proxy, server, &reason), error)
}

fn text(proxy: &str, server: &str, reason: &str) -> String {
    format!("{proxy} did not open the way to {server}: {reason}")
}
