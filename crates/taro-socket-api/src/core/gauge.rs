//! How much waits to be sent.

use std::fmt;

use crate::{
    HostSocket,
    maybe_send::atomic::{AtomicU64, Ordering},
};

/// Bytes and messages that wait to be sent: counted by the core, or told by the host.
#[derive(Debug)]
pub(super) enum Gauge {
    Counted(Counter),
    Metered(Meter),
}

impl Default for Gauge {
    fn default() -> Self {
        Self::Counted(Counter::default())
    }
}

impl Gauge {
    pub(super) fn metered(host: impl HostSocket) -> Self {
        let (host, count) = (Box::new(host), AtomicU64::new(0));
        Self::Metered(Meter { host, count })
    }

    pub(super) fn host(&self) -> Option<&dyn HostSocket> {
        match self {
            Self::Counted(_) => None,
            Self::Metered(meter) => Some(&*meter.host),
        }
    }

    /// Adds one message if both bounds allow it; tells the bytes waiting afterwards.
    pub(super) fn admit(&self, bytes: usize, max_bytes: u64, max_count: u64) -> Option<u64> {
        match self {
            Self::Counted(counter) => counter.admit(bytes, max_bytes, max_count),
            Self::Metered(meter) => meter.admit(bytes as u64, max_bytes, max_count),
        }
    }

    /// Takes off what has left.
    pub(super) fn release(&self, bytes: u64, count: u64) {
        if let Self::Counted(counter) = self {
            counter.release(bytes, count);
        }
    }

    pub(super) fn bytes(&self) -> u64 {
        match self {
            Self::Counted(counter) => counter.bytes(),
            Self::Metered(meter) => meter.host.buffered_amount(),
        }
    }
}

/// The host's own amount of bytes. Of messages it tells none: those count that were sent since nothing waited.
pub(super) struct Meter {
    host: Box<dyn HostSocket>,
    count: AtomicU64,
}

impl Meter {
    fn admit(&self, bytes: u64, max_bytes: u64, max_count: u64) -> Option<u64> {
        let before = self.host.buffered_amount();
        let waiting = before.saturating_add(bytes);
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
}

impl fmt::Debug for Meter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Meter")
            .field(&self.host.buffered_amount())
            .finish()
    }
}

/// Bytes and messages in one word: 40 bits of bytes, 24 bits of messages above.
#[derive(Debug, Default)]
pub(super) struct Counter(AtomicU64);

const COUNT_SHIFT: u32 = 40;
const BYTES_MASK: u64 = (1 << COUNT_SHIFT) - 1;
const MAX_COUNT: u64 = (1 << (63 - COUNT_SHIFT)) - 1;

impl Counter {
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
        let gauge = Gauge::default();
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
        let gauge = Gauge::metered(Host(Arc::clone(&waiting)));
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
