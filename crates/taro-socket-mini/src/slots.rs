//! The few sockets that a host lets exist at once.

use std::{
    fmt,
    sync::atomic::{AtomicU32, Ordering},
};

use taro_socket_api::{Error, ErrorKind};

use crate::Vendor;

/// Counts the sockets of one host, connecting and closing ones included.
#[derive(Debug, Default)]
pub struct Slots {
    taken: AtomicU32,
}

impl Slots {
    /// No socket yet.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            taken: AtomicU32::new(0),
        }
    }

    /// How many exist.
    #[must_use]
    pub fn taken(&self) -> u32 {
        self.taken.load(Ordering::Relaxed)
    }

    /// Takes a slot; it is free again once the value is dropped.
    ///
    /// # Errors
    ///
    /// `LimitExceeded` where `max` are taken.
    pub fn take(&'static self, max: u32) -> Result<Slot, Error> {
        let one_more = |taken| (taken < max).then_some(taken + 1);
        let taken = self
            .taken
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, one_more);
        match taken {
            Ok(_) => Ok(Slot(self)),
            Err(_) => {
                let text = "as many sockets exist as this host allows: close one first";
                Err(Error::new(ErrorKind::LimitExceeded, text))
            }
        }
    }
}

/// A host, its sockets, and how many of them may exist at once.
#[derive(Clone, Copy, Debug)]
#[allow(clippy::exhaustive_structs, reason = "adapters make it")]
pub struct Allowance {
    /// The host.
    pub host: &'static Vendor,
    /// Its sockets. Of a function, for no constant may refer to what changes.
    pub slots: fn() -> &'static Slots,
    /// The most that may exist.
    pub max_sockets: u32,
}

/// One socket's place.
pub struct Slot(&'static Slots);

impl Drop for Slot {
    fn drop(&mut self) {
        self.0.taken.fetch_sub(1, Ordering::Relaxed);
    }
}

impl fmt::Debug for Slot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Slot")
    }
}
