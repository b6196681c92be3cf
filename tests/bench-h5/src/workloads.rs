//! What is measured.

use serde_json::{Value, json};

use crate::clients::Client;

/// ASCII, 32 bytes.
const ASCII: &str = "The quick brown fox jumps, 0123.";
/// 32 bytes, with characters of two and three.
const MIXED: &str = "Grüße an die 世界, 01234567.";
/// Repetitions of 32 bytes in one MiB.
const MIB: u32 = 1024 * 1024 / 32;

/// A message.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Payload {
    Binary(u32),
    /// This text, so many times.
    Text(&'static str, u32),
}

/// Who talks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    /// An echo over the network, so many in flight.
    Echo(u32),
    /// A flood from the peer.
    Flood,
    /// Messages that a fake socket hands in.
    FakeIn,
    /// Messages to a fake socket.
    FakeOut,
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct Workload {
    pub(crate) key: &'static str,
    pub(crate) title: &'static str,
    pub(crate) shape: Shape,
    payload: Payload,
    count: u32,
}

const fn workload(
    key: &'static str,
    title: &'static str,
    shape: Shape,
    payload: Payload,
    count: u32,
) -> Workload {
    Workload {
        key,
        title,
        shape,
        payload,
        count,
    }
}

use Payload::{Binary, Text};
use Shape::{Echo, FakeIn, FakeOut, Flood};

#[rustfmt::skip]
pub(crate) const WORKLOADS: [Workload; 14] = [
    workload("P", "ping-pong, 32-byte text", Echo(1), Text(ASCII, 1), 2000),
    workload("E", "64-byte binary echo, 256 in flight", Echo(256), Binary(64), 10_000),
    workload("R", "flood of 64-byte binary", Flood, Binary(64), 24_000),
    workload("L", "1 MiB binary echo, 4 in flight", Echo(4), Binary(1024 * 1024), 40),
    workload("T", "1 MiB text echo, mixed characters, 4 in flight", Echo(4), Text(MIXED, MIB), 24),
    workload("A", "1 MiB text echo, ASCII, 4 in flight", Echo(4), Text(ASCII, MIB), 24),
    workload("mRb64", "64-byte binary in", FakeIn, Binary(64), 20_000),
    workload("mRt32", "32-byte text in", FakeIn, Text(ASCII, 1), 20_000),
    workload("mRt1k", "1 KiB text in", FakeIn, Text(ASCII, 32), 20_000),
    workload("mRb1m", "1 MiB binary in", FakeIn, Binary(1024 * 1024), 300),
    workload("mRt1m", "1 MiB text in", FakeIn, Text(ASCII, MIB), 60),
    workload("mSb64", "64-byte binary out", FakeOut, Binary(64), 20_000),
    workload("mSt32", "32-byte text out", FakeOut, Text(ASCII, 1), 20_000),
    workload("mSt1m", "1 MiB text out", FakeOut, Text(ASCII, MIB), 60),
];

impl Workload {
    pub(crate) fn is_fake(&self) -> bool {
        matches!(self.shape, FakeIn | FakeOut)
    }

    /// Path at the peer.
    pub(crate) fn path(&self, count: u32) -> String {
        match self.shape {
            Flood => format!("flood/{count}"),
            _ => "echo".into(),
        }
    }

    /// Messages in one measurement.
    pub(crate) fn count(&self, client: Client, quick: bool) -> u32 {
        let small_binary = matches!(self.payload, Binary(size) if size < 1024);
        let sends = matches!(self.shape, Echo(_) | FakeOut);
        let slow = if client.uses_blobs() && small_binary && sends {
            10
        } else {
            1
        };
        let quick = if quick { 10 } else { 1 };
        (self.count / slow / quick).max(4)
    }

    /// The plan that the page reads.
    pub(crate) fn plan(&self, count: u32) -> Value {
        let (sends, receives, window) = match self.shape {
            Echo(window) => (count, count, window),
            Flood | FakeIn => (1, count, 1),
            FakeOut => (count, 0, count),
        };
        let mut plan = json!({ "sends": sends, "receives": receives, "window": window });
        if matches!(self.shape, Flood | FakeIn) {
            // A text, because ewebsock takes binary messages as Blobs once it has sent one.
            plan["start"] = "start".into();
        }
        match self.payload {
            Binary(size) => plan["repeats"] = size.into(),
            Text(pattern, repeats) => {
                plan["pattern"] = pattern.into();
                plan["repeats"] = repeats.into();
            }
        }
        plan
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_as_long_as_told() {
        assert_eq!((ASCII.len(), ASCII.is_ascii()), (32, true));
        assert_eq!((MIXED.len(), MIXED.is_ascii()), (32, false));
    }

    #[test]
    fn keys_differ() {
        let mut keys: Vec<_> = WORKLOADS.iter().map(|workload| workload.key).collect();
        keys.sort_unstable();
        keys.dedup();
        assert_eq!(keys.len(), WORKLOADS.len());
    }
}
