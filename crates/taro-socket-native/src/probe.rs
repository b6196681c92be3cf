//! Whether something panics, found out beforehand and without a word.
//!
//! tokio has no way to ask whether a runtime has its drivers, and Android's verifier none to ask whether it
//! was initialised; both panic where they are used. So they are used once, for nothing, before it matters.

use std::{
    cell::Cell,
    panic::{self, AssertUnwindSafe},
    sync::Once,
    thread,
};

thread_local! {
    /// This thread is within a probe: its panic is an answer.
    static PROBING: Cell<bool> = const { Cell::new(false) };
}

/// Whether a panic can be caught, and so found out beforehand.
pub(crate) const CAN_TELL: bool = !cfg!(panic = "abort");

/// Whether `attempt`, which is no user's code, panics. Where panics abort this cannot be found out: `false`.
pub(crate) fn panics(attempt: impl FnOnce()) -> bool {
    // A panic while another one unwinds would abort.
    if !CAN_TELL || thread::panicking() {
        return false;
    }
    silence();
    PROBING.set(true);
    let outcome = panic::catch_unwind(AssertUnwindSafe(attempt));
    PROBING.set(false);
    outcome.is_err()
}

/// Puts a hook before the present one that keeps back a probe's message. All others pass.
fn silence() {
    static SILENCED: Once = Once::new();
    SILENCED.call_once(|| {
        let present = panic::take_hook();
        panic::set_hook(Box::new(move |panic| {
            // Not there any more while the thread ends.
            if !PROBING.try_with(Cell::get).unwrap_or(false) {
                present(panic);
            }
        }));
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_an_answer() {
        assert!(panics(|| panic!("not to be seen")));
        assert!(!panics(|| ()));
        assert!(!PROBING.get(), "later panics are told");
    }
}
