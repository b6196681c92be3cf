//! The few sockets that a host lets exist at once.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use taro_socket_api::{Error, ErrorKind, Result};

use crate::fault::Faults;

/// Counts the sockets of one connector, connecting and closing ones included.
#[derive(Clone, Debug)]
pub(crate) struct Sockets {
    max: usize,
    taken: Arc<AtomicUsize>,
}

impl Sockets {
    pub(crate) fn new(max: usize) -> Self {
        Self {
            max,
            taken: Arc::default(),
        }
    }

    /// The most that may exist.
    pub(crate) fn max(&self) -> usize {
        self.max
    }

    /// Takes a place; it is free again once the value is dropped.
    pub(crate) fn take(&self, faults: Faults) -> Result<Socket> {
        let room = |taken: usize| (taken < self.max).then_some(taken + 1);
        let taken = self
            .taken
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, room);
        match taken {
            Ok(_) => Ok(Socket {
                taken: Arc::clone(&self.taken),
                kept: faults.keeps_sockets(),
            }),
            Err(_) => {
                let text = "as many sockets exist as this host allows: close one first";
                Err(Error::new(ErrorKind::LimitExceeded, text))
            }
        }
    }
}

impl Default for Sockets {
    /// No bound.
    fn default() -> Self {
        Self::new(usize::MAX)
    }
}

/// One socket's place.
#[derive(Debug)]
pub(crate) struct Socket {
    taken: Arc<AtomicUsize>,
    kept: bool,
}

impl Drop for Socket {
    fn drop(&mut self) {
        if !self.kept {
            self.taken.fetch_sub(1, Ordering::Relaxed);
        }
    }
}
