//! What a system's client does against RFC 6455, where the adapter cannot see it or help it.
//!
//! What becomes of such a case: see [`judge`](taro_socket_hosts::judge).

use taro_socket_hosts::ends_inside_close;

use crate::cli::Variant;

/// Cases of text that is no UTF-8, and what OkHttp makes of it.
const UTF8: &[&str] = &[
    "capabilities/peer-error-codes/refused",
    "messages/utf8/close-reason",
    "messages/utf8/cut-off",
    "messages/utf8/invalid",
    "messages/utf8/invalid-across-fragments",
];

/// Cases of the peer's answer to an own close, which a host cannot know before it has asked the peer.
const ANSWER: &[&str] = &[
    "capabilities/close-answer/works",
    "close/answer/empty",
    "close/answer/other-code",
    "close/answer/other-reason",
    "close/answer/tcp-ends-instead",
    "close/succeeds/while-the-connection-breaks",
];

/// What the variant does, where it matters to the case.
pub(crate) fn listed(variant: Variant, id: &str) -> Option<&'static str> {
    if let Some(does) = ends_inside_close(id).filter(|_| variant.is_synchronous()) {
        return Some(does);
    }
    match id {
        id if variant.is_synchronous() && ANSWER.contains(&id) => {
            Some("tells an own close as answered inside the call, before the peer has answered")
        }
        "security/breach/close-code" => Some(
            "tells a Close frame that holds the reserved code 1005 in the same words as one without a status",
        ),
        "close/remote/no-status-is-1005" if variant.is_android() => Some(
            "does not answer a Close frame without a status: React Native answers with 1005, which OkHttp refuses",
        ),
        id if variant.is_android() && UTF8.contains(&id) => {
            Some("puts U+FFFD where text is no UTF-8 (RFC 6455 §8.1 has the connection fail)")
        }
        _ => None,
    }
}
