//! What tokio, rustls and the server's answer say, as [`Error`]: cause, place (`host:port`) and remedy.

#[cfg(feature = "__tls")]
mod certificate;
pub(crate) mod excerpt;
mod host;
pub(crate) mod proxy;
#[cfg(feature = "__tls")]
pub(crate) mod tls;
#[cfg(feature = "__tls")]
mod words;

use std::io;

use host::from_host;
use taro_socket_api::{Error, ErrorKind, KeepAlive};

/// A failure to reach the server at any of its addresses; `tried` names them if `place` does not.
pub(crate) fn connect(place: &str, tried: &str, error: io::Error) -> Error {
    let at = if tried.is_empty() || tried == place {
        String::new()
    } else {
        format!(" ({tried})")
    };
    let remedy = remedy_of_connect(error.kind());
    let text = format!("could not connect to {place}{at}: {error}: {remedy}");
    from_host(ErrorKind::Connect, text, error)
}

fn remedy_of_connect(kind: io::ErrorKind) -> &'static str {
    match kind {
        io::ErrorKind::ConnectionRefused => {
            "nothing listens there; start the server, or check host and port"
        }
        io::ErrorKind::TimedOut => "nothing answers; check host and port, and firewalls between",
        io::ErrorKind::NetworkUnreachable
        | io::ErrorKind::NetworkDown
        | io::ErrorKind::HostUnreachable
        | io::ErrorKind::AddrNotAvailable => "no way leads there; check the network, then the host",
        io::ErrorKind::PermissionDenied => {
            "the system forbids it; check firewall, sandbox and the program's permissions"
        }
        _ => "check host, port and network",
    }
}

/// A failure of the user's own dialer.
pub(crate) fn dialer(place: &str, error: io::Error) -> Error {
    if let Some(told) = error
        .get_ref()
        .and_then(|inner| inner.downcast_ref::<Error>())
    {
        return told.clone();
    }
    let text =
        format!("could not connect to {place}: the dialer says: {error}: see what it connects to");
    from_host(ErrorKind::Connect, text, error)
}

/// No address of the server can be reached from the address that was chosen.
pub(crate) fn other_family(place: &str) -> Error {
    let text = format!(
        "could not connect to {place}: it has no address of the family of local_address: choose one of the other family, or none"
    );
    Error::new(ErrorKind::Connect, text)
}

/// A failure to resolve the server's name.
pub(crate) fn dns(place: &str, error: io::Error) -> Error {
    let text = format!(
        "could not resolve the name in {place}: {error}: check its spelling, the network, and DNS"
    );
    from_host(ErrorKind::Dns, text, error)
}

/// A failure of an established connection.
pub(crate) fn transport(place: &str, error: io::Error) -> Error {
    let what = format!("the connection to {place} broke");
    let text = format!("{what}: {error}: connect again; if that stays, ask the server's log");
    #[cfg(feature = "__tls")]
    let error = match tls::within(error, &what) {
        Ok(told) => return told,
        Err(error) => error,
    };
    from_host(ErrorKind::Transport, text, error)
}

/// A server that has not answered a Ping.
pub(crate) fn gone(place: &str, keep_alive: &KeepAlive) -> Error {
    let KeepAlive { interval, deadline } = keep_alive;
    let text = format!(
        "the connection to {place} is dead: nothing came for {interval:?}, and no answer to a Ping within {deadline:?}: \
         the server, or the network to it, is gone: connect again; if it only is slow, raise the deadline of keep_alive"
    );
    Error::new(ErrorKind::Timeout, text)
}

/// A connection whose task was dropped: by its runtime, or by a panic.
pub(crate) fn given_up(place: &str) -> Error {
    if !std::thread::panicking() {
        return runtime_ended(place);
    }
    let text = format!(
        "the connection to {place} was given up: a dialer, a stream or another part that the program gave it has panicked: mend that part"
    );
    Error::new(ErrorKind::Aborted, text)
}

/// The runtime has ended before the connection.
fn runtime_ended(place: &str) -> Error {
    let text = format!(
        "the connection to {place} was given up: its runtime has ended: keep the runtime until closed() resolves"
    );
    Error::new(ErrorKind::Aborted, text)
}

/// TCP or TLS ended before the server's answer was complete; without an error it was the regular end.
pub(crate) fn cut(place: &str, error: Option<io::Error>) -> Error {
    let what = format!("opening handshake with {place}");
    let remedy = "it may be restarting: try again later; if that stays, check port and scheme (ws:// or wss://)";
    let Some(error) = error else {
        let text = format!(
            "{what}: the server ended the connection before its answer was complete: {remedy}"
        );
        return Error::new(ErrorKind::Handshake, text);
    };
    #[cfg(feature = "__tls")]
    let error = match tls::within(error, &what) {
        Ok(told) => return told,
        Err(error) => error,
    };
    let text =
        format!("{what}: the connection broke before the answer was complete: {error}: {remedy}");
    from_host(ErrorKind::Handshake, text, error)
}

/// An answer to the handshake that is not what RFC 6455 §4.2.2 asks for.
pub(crate) fn handshake(place: &str, reason: &str) -> Error {
    let text = format!("opening handshake with {place}: {reason}");
    Error::new(ErrorKind::Handshake, text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn host_errors_keep_kind_code_and_place() {
        let os = io::Error::from_raw_os_error;
        let table = [
            (
                connect("a:1", "", os(111)),
                ErrorKind::Connect,
                Some(111),
                "a:1",
            ),
            (
                connect("a:1", "[::1]:1", os(110)),
                ErrorKind::Connect,
                Some(110),
                "a:1 ([::1]:1)",
            ),
            (
                dns("no.invalid:1", io::Error::other("unknown")),
                ErrorKind::Dns,
                None,
                "no.invalid:1",
            ),
            (
                transport("a:1", os(104)),
                ErrorKind::Transport,
                Some(104),
                "to a:1 broke",
            ),
            (runtime_ended("a:1"), ErrorKind::Aborted, None, "closed()"),
            (
                cut("a:1", Some(os(104))),
                ErrorKind::Handshake,
                Some(104),
                "a:1",
            ),
            (cut("a:1", None), ErrorKind::Handshake, None, "a:1"),
            (handshake("a:1", "no"), ErrorKind::Handshake, None, "a:1"),
        ];
        for (error, kind, code, part) in table {
            assert_eq!((error.kind(), error.host_code()), (kind, code), "{error:?}");
            assert!(error.reason().contains(part), "{error}");
        }
    }
}
