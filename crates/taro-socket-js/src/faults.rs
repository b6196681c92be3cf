//! Errors that hosts do not know of, and codes that they may tell.

use taro_socket_api::{Error, ErrorKind};

use crate::Unread;

/// The connection was not open in time.
#[must_use]
pub fn late() -> Error {
    let text = "the connection was not open within the timeout";
    Error::new(ErrorKind::Timeout, text)
}

/// Subprotocols were offered, and the server selected none of them; or it selected one that was not.
#[must_use]
pub fn unselected() -> Error {
    let text = "the server selected none of the subprotocols that were offered";
    Error::new(ErrorKind::Handshake, text)
}

/// Nobody reads what comes in.
#[must_use]
pub fn too_much() -> Error {
    let text = "messages wait unread beyond Limits::max_buffered_bytes or max_buffered_messages, \
                and this host cannot wait";
    Error::new(ErrorKind::LimitExceeded, text)
}

/// A message could not be read.
#[must_use]
pub fn unread(why: Unread) -> Error {
    match why {
        Unread::TooLong => Error::new(
            ErrorKind::LimitExceeded,
            "a message is longer than Limits::max_message_bytes",
        ),
        Unread::Strange => Error::new(
            ErrorKind::Unknown,
            "the host gave a message that is neither text nor an ArrayBuffer",
        ),
    }
}

/// Whether the server selected what RFC 6455 §4.1 lets it.
#[must_use]
pub fn may_be_selected(selected: Option<&str>, offered: &[String]) -> bool {
    match selected {
        None => offered.is_empty(),
        Some(selected) => offered.iter().any(|name| name == selected),
    }
}

/// Whether a peer may close with this code (RFC 6455 §7.4).
#[must_use]
pub fn may_be_received(code: u16) -> bool {
    matches!(code, 1000..=1003 | 1007..=1014 | 3000..=4999)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reserved_codes_are_never_received() {
        for code in [0, 999, 1004, 1005, 1006, 1015, 2999, 5000, u16::MAX] {
            assert!(!may_be_received(code), "{code}");
        }
        for code in [1000, 1003, 1007, 1011, 1014, 3000, 4999] {
            assert!(may_be_received(code), "{code}");
        }
    }

    #[test]
    fn a_server_selects_of_what_was_offered() {
        let offered = ["a".to_owned(), "b".to_owned()];
        assert!(may_be_selected(Some("b"), &offered) && may_be_selected(None, &[]));
        assert!(!may_be_selected(None, &offered) && !may_be_selected(Some("c"), &offered));
        assert!(!may_be_selected(Some("a"), &[]));
    }
}
