//! Where panics of the user's code end.

use std::{
    any::Any,
    mem::ManuallyDrop,
    panic::{AssertUnwindSafe, catch_unwind},
};

/// Runs the user's code; its panic is reported by the panic hook and ends here, as an exception in a
/// host's callback does. Nothing of the crate is broken by it, for no lock is held meanwhile.
#[inline]
pub(crate) fn contain_panic(user_code: impl FnOnce()) {
    if let Err(payload) = catch_unwind(AssertUnwindSafe(user_code)) {
        discard(payload);
    }
}

/// What was thrown is the user's too, and may panic when it is dropped.
#[cold]
fn discard(payload: Box<dyn Any + Send>) {
    let dropped = catch_unwind(AssertUnwindSafe(|| drop(payload)));
    // To drop what that throws might never end.
    let _ = dropped.map_err(ManuallyDrop::new);
}
