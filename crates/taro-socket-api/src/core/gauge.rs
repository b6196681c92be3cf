//! How much waits to be sent.

use std::sync::atomic::{AtomicU64, Ordering};

/// Bytes and messages that wait to be sent, in one word: 40 bits of bytes, 24 bits of messages above.
#[derive(Debug, Default)]
pub(super) struct Gauge(AtomicU64);

const COUNT_SHIFT: u32 = 40;
const BYTES_MASK: u64 = (1 << COUNT_SHIFT) - 1;
pub(super) const MAX_COUNT: u64 = (1 << (63 - COUNT_SHIFT)) - 1;

impl Gauge {
    /// Adds one message if both bounds allow it; tells the bytes waiting afterwards.
    pub(super) fn admit(&self, bytes: usize, max_bytes: u64, max_count: u64) -> Option<u64> {
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

    /// Takes off what has left.
    pub(super) fn release(&self, bytes: u64, count: u64) {
        self.0
            .fetch_sub((count << COUNT_SHIFT) | bytes, Ordering::Relaxed);
    }

    pub(super) fn bytes(&self) -> u64 {
        self.0.load(Ordering::Relaxed) & BYTES_MASK
    }
}

#[cfg(test)]
mod tests {
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
}
