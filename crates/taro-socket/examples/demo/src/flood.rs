//! Counts the messages of a flood.

use std::cell::Cell;

use crate::words;

/// What is asked of the server.
pub(crate) const COUNT: u64 = 2000;
pub(crate) const SIZE: usize = 1024;

/// A flood that was asked for.
#[derive(Clone, Copy)]
struct Running {
    begin: f64,
    came: u64,
}

/// The flood, if one is on.
#[derive(Default)]
pub(crate) struct Flood(Cell<Option<Running>>);

impl Flood {
    pub(crate) fn begin(&self, now: f64) {
        self.0.set(Some(Running {
            begin: now,
            came: 0,
        }));
    }

    pub(crate) fn stop(&self) {
        self.0.set(None);
    }

    /// Whether a message is the next of the flood: its bytes are all its number modulo 256.
    pub(crate) fn count(&self, bytes: &[u8], now: f64) -> Option<String> {
        let mut running = self.0.get()?;
        let fill = running.came.to_le_bytes()[0];
        if bytes.len() != SIZE || bytes.iter().any(|byte| *byte != fill) {
            return None;
        }
        running.came += 1;
        self.0
            .set(Some(running).filter(|running| running.came < COUNT));
        let came = words::count(running.came);
        let size = words::bytes(running.came * SIZE as u64);
        let took = words::milliseconds(now - running.begin);
        let all = words::count(COUNT);
        Some(format!(
            "Flood: {came} of {all} messages, {size}, in order, in {took}."
        ))
    }
}
