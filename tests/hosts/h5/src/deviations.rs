//! What an engine does against its standard, where the adapter cannot see it or help it.
//!
//! What becomes of such a case: see [`judge`](taro_socket_hosts::judge).

use taro_socket_web::Engine;

const COUNTS_EARLY: &str = "counts what it has handed to its network process as sent (WHATWG WebSockets §3.1 bufferedAmount)";

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
    (Engine::WebKit, "send/aborted-by-the-end", COUNTS_EARLY),
    (
        Engine::WebKit,
        "send/flush/aborted-by-the-end",
        COUNTS_EARLY,
    ),
    (
        Engine::WebKit,
        "terminal/aborted-sends/are-told-while-closing",
        COUNTS_EARLY,
    ),
    (
        Engine::WebKit,
        "terminal/order/sends-error-close",
        COUNTS_EARLY,
    ),
];

/// What the engine does, where it matters to the case.
pub(crate) fn listed(engine: Engine, id: &str) -> Option<&'static str> {
    let mut all = DEVIATIONS.iter();
    let listed = all.find(|(known, case, _)| *known == engine && *case == id);
    listed.map(|(_, _, does)| *does)
}
