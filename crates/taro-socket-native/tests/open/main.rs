//! Connecting, up to open or to the error that says why not, against servers on the loopback address.
#![cfg(all(
    any(feature = "tls-ring", feature = "tls-aws-lc"),
    feature = "tls-platform-verifier"
))]

#[path = "../common/clock.rs"]
mod clock;

mod advice;
mod answers;
mod authority;
mod bodies;
mod closed_early;
mod cuts;
mod early;
mod key_log;
mod refusal_in_time;
mod server;
mod texts;
mod tls;
mod tls_ends;
mod tls_session;
mod tls_trust;
#[cfg(target_os = "linux")]
mod trust_store;
mod wrong;
