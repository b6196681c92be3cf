//! How much waits to be sent.

use crate::{
    HostSocket, MaybeSend, MaybeSync,
    maybe_send::atomic::{AtomicU64, Ordering},
};

/// Bytes and messages that wait to be sent: counted by the core, or told by the host. Behind a trait, so that a program
/// carries the code of one of them.
pub(super) trait Gauge: MaybeSend + MaybeSync {
    /// Adds one message if both bounds allow it; tells the bytes waiting afterwards.
    fn admit(&self, bytes: usize, max_bytes: u64, max_count: u64) -> Option<u64>;

    /// Takes off what has left.
    fn release(&self, bytes: u64, count: u64);

    fn bytes(&self) -> u64;

    fn host(&self) -> Option<&dyn HostSocket> {
        None
    }
}

/// The host's own amount of bytes. Of messages it tells none: those count that were sent since nothing waited.
pub(super) struct Meter<H> {
    host: H,
    count: AtomicU64,
}

impl<H: HostSocket> Meter<H> {
    pub(super) fn new(host: H) -> Self {
        let count = AtomicU64::new(0);
        Self { host, count }
    }
}

impl<H: HostSocket> Gauge for Meter<H> {
    fn admit(&self, bytes: usize, max_bytes: u64, max_count: u64) -> Option<u64> {
        let before = self.host.buffered_amount();
        let waiting = before.saturating_add(bytes as u64);
        let count = match before {
            0 => 0,
            _ => self.count.load(Ordering::Relaxed),
        };
        if waiting > max_bytes || count >= max_count {
            return None;
        }
        self.count.store(count + 1, Ordering::Relaxed);
        Some(waiting)
    }

    fn release(&self, _bytes: u64, _count: u64) {}

    fn bytes(&self) -> u64 {
        self.host.buffered_amount()
    }

    fn host(&self) -> Option<&dyn HostSocket> {
        Some(&self.host)
    }
}

/// Bytes and messages in one word: 40 bits of bytes, 24 bits of messages above.
#[derive(Default)]
pub(super) struct Counter(AtomicU64);

const COUNT_SHIFT: u32 = 40;
const BYTES_MASK: u64 = (1 << COUNT_SHIFT) - 1;
const MAX_COUNT: u64 = (1 << (63 - COUNT_SHIFT)) - 1;

impl Gauge for Counter {
    fn admit(&self, bytes: usize, max_bytes: u64, max_count: u64) -> Option<u64> {
        // Half of what the word holds, so that what is added and taken back cannot overflow it.
        let max_bytes = max_bytes.min(BYTES_MASK / 2);
        let bytes = u64::try_from(bytes)
            .ok()
            .filter(|bytes| *bytes <= max_bytes)?;
        let step = (1 << COUNT_SHIFT) | bytes;
        // Adding first and taking back is cheaper than a loop of compare and exchange. What other
        // threads add meanwhile is refused at worst a moment too early.
        let before = self.0.fetch_add(step, Ordering::Relaxed);
        let waiting = (before & BYTES_MASK) + bytes;
        if waiting <= max_bytes && (before >> COUNT_SHIFT) < max_count.min(MAX_COUNT) {
            return Some(waiting);
        }
        self.0.fetch_sub(step, Ordering::Relaxed);
        None
    }

    fn release(&self, bytes: u64, count: u64) {
        self.0
            .fetch_sub((count << COUNT_SHIFT) | bytes, Ordering::Relaxed);
    }

    fn bytes(&self) -> u64 {
        self.0.load(Ordering::Relaxed) & BYTES_MASK
    }
}

#[cfg(test)]
mod tests {
    use std::{any::Any, sync::Arc};

    use super::*;

    #[test]
    fn both_bounds_are_inclusive_and_release_makes_room() {
        let gauge = Counter::default();
        assert_eq!(gauge.admit(6, 10, 3), Some(6));
        assert_eq!(gauge.admit(5, 10, 3), None, "11 bytes are more than 10");
        assert_eq!(gauge.admit(4, 10, 3), Some(10));
        assert_eq!(
            gauge.admit(0, 10, 2),
            None,
            "a third message is more than 2"
        );
        assert_eq!(gauge.admit(0, 10, 3), Some(10));
        gauge.release(10, 3);
        assert_eq!(gauge.bytes(), 0);
        assert_eq!(gauge.admit(10, 10, 1), Some(10));
    }

    struct Host(Arc<AtomicU64>);

    impl HostSocket for Host {
        fn buffered_amount(&self) -> u64 {
            self.0.load(Ordering::Relaxed)
        }

        fn as_any(&self) -> &dyn Any {
            self
        }
    }

    #[test]
    fn a_meter_tells_the_bytes_and_messages_count_since_it_stood_at_zero() {
        let waiting = Arc::new(AtomicU64::new(0));
        let gauge = Meter::new(Host(Arc::clone(&waiting)));
        assert_eq!(gauge.admit(6, 10, 2), Some(6));
        waiting.store(6, Ordering::Relaxed);
        assert_eq!(gauge.admit(5, 10, 2), None, "11 bytes are more than 10");
        assert_eq!(gauge.admit(4, 10, 2), Some(10));
        assert_eq!(
            gauge.admit(0, 10, 2),
            None,
            "a third message is more than 2"
        );
        gauge.release(6, 1);
        assert_eq!(gauge.bytes(), 6, "only the host takes off");
        waiting.store(0, Ordering::Relaxed);
        assert_eq!(gauge.admit(10, 10, 2), Some(10));
    }
}
