//! Identity of a task within its process or page.

use std::{
    fmt,
    sync::atomic::{AtomicU32, Ordering},
};

static LAST: AtomicU32 = AtomicU32::new(0);

/// Taro's `socketTaskId`: unique and increasing within the process or page, starting at 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SocketTaskId(u32);

impl SocketTaskId {
    pub(crate) fn next() -> Self {
        Self(LAST.fetch_add(1, Ordering::Relaxed).wrapping_add(1))
    }

    /// The number itself.
    #[must_use]
    pub const fn get(self) -> u32 {
        self.0
    }
}

impl fmt::Display for SocketTaskId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
