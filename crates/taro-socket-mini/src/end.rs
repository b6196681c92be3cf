//! How hosts tell an end.

use taro_socket_api::{CloseCause, CloseFrame, ErrorKind};
use taro_socket_js::{connection::HostEnd, error_of_words, faults};

use crate::{error, signal};

/// What hosts say in common: a `code`, a number or its digits, and a `reason`, each of which may be missing. `asked` is
/// the frame that this side has sent.
#[must_use]
pub fn end_of(code: Option<i64>, reason: Option<String>, asked: Option<&CloseFrame>) -> HostEnd {
    let reason = reason.unwrap_or_default();
    let told = code.map(|code| u16::try_from(code).unwrap_or_default());
    match asked {
        Some(frame) => own(told, reason, frame),
        None => others(told, reason, signal::is_hidden()),
    }
}

/// After an own close. A status of an application that is not the own one can only be the peer's. Anything else is
/// reported as it was asked for: what hosts say of it differs from device to device.
fn own(told: Option<u16>, reason: String, asked: &CloseFrame) -> HostEnd {
    match told {
        Some(1006) => HostEnd::Broken(CloseCause::Local, None),
        Some(code) if is_peers(code) && code != asked.code() => HostEnd::Clean(told, reason),
        _ => HostEnd::Clean(Some(asked.code()), asked.reason().to_owned()),
    }
}

/// Whether only the peer can have closed with this code: of none, of 1000 and 1001, and of those that no peer may send,
/// hosts make their own use.
#[must_use]
pub fn is_peers(code: u16) -> bool {
    code > 1001 && faults::may_be_received(code)
}

fn others(told: Option<u16>, reason: String, hidden: bool) -> HostEnd {
    let background = || HostEnd::Broken(CloseCause::Background, Some(error::background(&reason)));
    match told {
        // Then the reason is the peer's too.
        Some(code) if code > 1000 && faults::may_be_received(code) => HostEnd::Clean(told, reason),
        _ if reason == "interrupted" => background(),
        Some(1000) => HostEnd::Clean(told, reason),
        // A host that tells no code tells this end like any other.
        None if hidden => background(),
        None | Some(1005) => HostEnd::Clean(None, reason),
        Some(_) if hidden => background(),
        Some(_) => HostEnd::Broken(CloseCause::Transport, Some(error::broken(&reason))),
    }
}

/// The end of a connection that was never open: the host's reason tells why, whatever the code.
pub(crate) fn unopened(end: HostEnd, reason: &str) -> HostEnd {
    let error = error_of_words("onClose: ", reason);
    match (error.kind(), &end) {
        (ErrorKind::Unknown, HostEnd::Clean(..)) => cut(reason),
        (ErrorKind::Unknown, _)
        | (ErrorKind::Aborted, HostEnd::Broken(CloseCause::Background, _)) => end,
        _ => HostEnd::Broken(error::cause_of(&error), Some(error)),
    }
}

/// The end of a connection that broke; what the host says of it is kept.
#[must_use]
pub fn cut(reason: &str) -> HostEnd {
    HostEnd::Broken(CloseCause::Transport, Some(error::broken(reason)))
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test;

    use super::*;

    fn text(end: HostEnd) -> String {
        match end {
            HostEnd::Clean(code, reason) => format!("clean {code:?} {reason}"),
            HostEnd::Broken(cause, error) => {
                let reason = error.map(|error| error.reason().to_owned());
                format!("{cause:?} {}", reason.unwrap_or_default())
            }
        }
    }

    #[wasm_bindgen_test]
    fn an_own_close_is_as_asked_unless_the_peer_has_told_another_status() {
        let table = [
            (Some(1000), "normal closure", "clean Some(4001) mine"),
            (Some(0), "", "clean Some(4001) mine"),
            (
                Some(1001),
                "Stream end encountered",
                "clean Some(4001) mine",
            ),
            (Some(1005), "", "clean Some(4001) mine"),
            (Some(4001), "", "clean Some(4001) mine"),
            (None, "", "clean Some(4001) mine"),
            (Some(4002), "theirs", "clean Some(4002) theirs"),
            (Some(1011), "theirs", "clean Some(1011) theirs"),
            (Some(1006), "abnormal closure", "Local "),
        ];
        let asked = CloseFrame::new(4001, "mine").expect("a frame");
        for (code, reason, expected) in table {
            let end = end_of(code, Some(reason.to_owned()), Some(&asked));
            assert_eq!(text(end), expected, "{code:?} {reason}");
        }
    }

    #[wasm_bindgen_test]
    fn an_end_in_the_background_is_clean_where_the_host_tells_a_status() {
        let background = "the host ended the connection: the app was in the background";
        let table = [
            (Some(1005), "", false, "clean None "),
            (Some(1005), "", true, "clean None "),
            (Some(4001), "bye", true, "clean Some(4001) bye"),
            (Some(1000), "bye", true, "clean Some(1000) bye"),
            (
                Some(1000),
                "interrupted",
                false,
                &format!("Background {background}: interrupted"),
            ),
            (
                None,
                "interrupted",
                false,
                &format!("Background {background}: interrupted"),
            ),
            (None, "", false, "clean None "),
            (None, "", true, &format!("Background {background}")),
            (
                Some(0),
                "interrupted",
                false,
                &format!("Background {background}: interrupted"),
            ),
            (
                Some(1006),
                "interrupted",
                true,
                &format!("Background {background}: interrupted"),
            ),
            (
                Some(1006),
                "idle timeout",
                false,
                "Transport onClose: idle timeout",
            ),
            (
                Some(1006),
                "",
                false,
                "Transport the connection broke, and the host does not say why",
            ),
        ];
        for (code, reason, hidden, expected) in table {
            let end = others(code, reason.to_owned(), hidden);
            assert_eq!(text(end), expected, "{code:?} {reason} {hidden}");
        }
    }

    #[wasm_bindgen_test]
    fn who_closes_with_a_code_of_its_own_says_its_own_words() {
        for code in [1001, 1002, 1011, 3000, 4001, 4999] {
            for hidden in [false, true] {
                let end = others(Some(code), String::from("interrupted"), hidden);
                assert_eq!(text(end), format!("clean Some({code}) interrupted"));
            }
        }
    }

    #[wasm_bindgen_test]
    fn before_open_the_reason_tells_why_whatever_the_code() {
        let refusal = "Unexpected server response: 403";
        let table = [
            (Some(1006), refusal, "Handshake", Some(403)),
            (Some(1000), refusal, "Handshake", Some(403)),
            (None, refusal, "Handshake", Some(403)),
            (Some(1006), "invalid url", "InvalidArgument", None),
            (Some(1001), "socket hang up", "Handshake", None),
            (Some(1000), "no words that are known", "Transport", None),
            (Some(1006), "no words that are known", "Transport", None),
            (Some(1006), "interrupted", "Aborted", None),
            (Some(4001), "interrupted", "Aborted", None),
        ];
        for (code, reason, kind, status) in table {
            let end = unopened(end_of(code, Some(reason.to_owned()), None), reason);
            let HostEnd::Broken(cause, Some(error)) = end else {
                panic!("{code:?} {reason}: {end:?}");
            };
            assert_eq!(format!("{}", error.kind()), kind, "{code:?} {reason}");
            assert_eq!(error.status(), status, "{code:?} {reason}");
            assert!(error.reason().contains(reason), "{error}");
            assert_eq!(cause, error::cause_of(&error), "{code:?} {reason}");
        }
    }
}
