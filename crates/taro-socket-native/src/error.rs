//! What tokio, rustls and the engine say, as [`Error`].

use std::io;

use taro_socket_api::{Error, ErrorKind};

/// A failure to reach the server.
pub(crate) fn connect(address: &str, error: io::Error) -> Error {
    let text = format!("could not connect to {address}: {error}");
    from_host(ErrorKind::Connect, text, error)
}

/// A failure to resolve the server's name.
pub(crate) fn dns(host: &str, error: io::Error) -> Error {
    let text = format!("could not resolve {host:?}: {error}");
    from_host(ErrorKind::Dns, text, error)
}

/// A failure of an established connection.
pub(crate) fn transport(error: io::Error) -> Error {
    let kind = if is_tls(&error) {
        ErrorKind::Tls
    } else {
        ErrorKind::Transport
    };
    let text = format!("the connection broke: {error}");
    from_host(kind, text, error)
}

/// An answer to the handshake that is not what RFC 6455 §4.2.2 asks for.
pub(crate) fn handshake(reason: impl Into<String>) -> Error {
    Error::new(ErrorKind::Handshake, reason.into())
}

fn from_host(kind: ErrorKind, text: String, error: io::Error) -> Error {
    let code = error.raw_os_error().map(i64::from);
    let error = Error::new(kind, text).with_source(error);
    match code {
        Some(code) => error.with_host_code(code),
        None => error,
    }
}

/// rustls reports its errors as `InvalidData` with its own error inside.
fn is_tls(error: &io::Error) -> bool {
    #[cfg(feature = "__tls")]
    return error
        .get_ref()
        .is_some_and(|inner| inner.is::<rustls::Error>());
    #[cfg(not(feature = "__tls"))]
    {
        let _ = error;
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn host_errors_keep_kind_code_and_text() {
        let refused = || io::Error::from_raw_os_error(111);
        let table = [
            (
                connect("127.0.0.1:1", refused()),
                ErrorKind::Connect,
                Some(111),
            ),
            (
                dns("no.invalid", io::Error::other("unknown")),
                ErrorKind::Dns,
                None,
            ),
            (
                transport(io::Error::from_raw_os_error(104)),
                ErrorKind::Transport,
                Some(104),
            ),
        ];
        for (error, kind, code) in table {
            assert_eq!((error.kind(), error.host_code()), (kind, code), "{error:?}");
            assert!(
                error.err_msg().starts_with("connectSocket:fail "),
                "{error}"
            );
        }
    }
}
