//! How hosts tell an end.

use taro_socket_api::{CloseCause, CloseFrame};
use taro_socket_js::{connection::HostEnd, faults};

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

/// Of 1000 and 1001 hosts make their own use.
fn is_peers(code: u16) -> bool {
    code > 1001 && faults::may_be_received(code)
}

fn others(told: Option<u16>, reason: String, hidden: bool) -> HostEnd {
    let background = || HostEnd::Broken(CloseCause::Background, Some(error::background(&reason)));
    match told {
        _ if reason == "interrupted" => background(),
        // A host that tells no code tells this end like any other.
        None if hidden => background(),
        None | Some(1005) => HostEnd::Clean(None, reason),
        Some(code) if faults::may_be_received(code) => HostEnd::Clean(told, reason),
        Some(_) if hidden => background(),
        Some(_) => HostEnd::Broken(CloseCause::Transport, Some(error::broken(&reason))),
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
        let background = "the host ended the connection because the app was in the background";
        let table = [
            (Some(1005), "", false, "clean None "),
            (Some(1005), "", true, "clean None "),
            (Some(4001), "bye", true, "clean Some(4001) bye"),
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
}
