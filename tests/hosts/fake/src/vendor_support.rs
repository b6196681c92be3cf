//! What the tests of mini-programs' adapters share.

use std::time::Duration;

use taro_socket_api::Limits;

use crate::{Face, Fake, event};

pub(crate) const URL: &str = "wss://fake.test/";

/// How many sockets the test has.
pub(crate) type Sockets<'a> = &'a dyn Fn() -> u32;

/// The app is shown again, the host closes its socket, and the place is free. How it was asked to close by then.
pub(crate) fn asked_again(face: Face, fake: &Fake, sockets: Sockets<'_>) -> String {
    assert_eq!(sockets(), 1, "the host's socket lives on");
    let before = fake.closes_text();
    face.hide(false);
    let all = fake.closes_text();
    fake.accept_close();
    fake.close(1000, "");
    assert_eq!(sockets(), 0);
    let again = all.strip_prefix(&before);
    again.expect("what was asked before stays").to_owned()
}

/// Calls the `fail` of the last `close`.
pub(crate) fn refuse_close(fake: &Fake, text: &str) {
    fake.fail_close(&event([
        ("errMsg", text.into()),
        ("errorMessage", text.into()),
    ]));
}

pub(crate) fn patience(millis: u64) -> Limits {
    let mut limits = Limits::default();
    limits.close_timeout = Duration::from_millis(millis);
    limits
}
