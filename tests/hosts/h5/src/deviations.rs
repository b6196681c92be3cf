//! What an engine does against its standard, where the adapter cannot see it or help it.
//!
//! Such a case is run like every other. Failed, it counts as unsupported, with the reason from here; passed, it
//! is a failure: the line is out of date.

use taro_socket_conformance::{Outcome, Status};
use taro_socket_web::Engine;

/// Engine, case, and what the engine does.
const DEVIATIONS: &[(Engine, &str, &str)] = &[
    (
        Engine::Firefox,
        "security/breach/masked",
        "takes a masked frame of a server for sound (RFC 6455 §5.1 forbids it)",
    ),
    (
        Engine::Firefox,
        "security/breach/close-payload-of-one-byte",
        "takes a Close frame with half a code for one without (RFC 6455 §5.5.1 forbids it)",
    ),
    (
        Engine::Firefox,
        "open/refused/unasked-subprotocol",
        "opens although the server selected a subprotocol that nobody offered, and hides it (RFC 6455 §4.1)",
    ),
    (
        Engine::WebKit,
        "open/refused/redirect-is-not-followed",
        "follows redirects of the handshake (WHATWG WebSockets §2.1: redirect mode error)",
    ),
    (
        Engine::WebKit,
        "send/aborted-by-the-end",
        "counts what it has handed to its network process as sent (WHATWG WebSockets §3.1 bufferedAmount)",
    ),
];

/// The outcome as it counts.
pub(crate) fn judge(engine: Engine, mut outcome: Outcome) -> Outcome {
    let listed = DEVIATIONS
        .iter()
        .find(|(known, id, _)| *known == engine && *id == outcome.id);
    let Some((_, _, does)) = listed else {
        return outcome;
    };
    let (status, detail) = match (outcome.status, outcome.detail) {
        (Status::Failed, Some(detail)) => {
            (Status::Unsupported, format!("{engine} {does}; {detail}"))
        }
        (Status::Passed, _) => (
            Status::Failed,
            format!("passes, but is listed: {engine} {does}"),
        ),
        (status, detail) => (status, detail.unwrap_or_default()),
    };
    outcome.status = status;
    outcome.detail = Some(detail);
    outcome
}
