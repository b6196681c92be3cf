//! w1: round trips one after the other.

use std::time::Instant;

use super::{Description, micros_per, timed};
use crate::{
    Result,
    cell::Measurement,
    clients::{Client, ClientKind, Target},
    exchange::{Exchange, Step},
};

pub(super) const DESCRIPTION: Description = Description {
    id: "w1",
    title: "ping-pong of a 32-byte text",
    unit: "µs (p50)",
    decimals: 1,
    detail: Some("p99 µs"),
    cpu: "CPU µs/round trip",
    reference: Some(ClientKind::Tcp),
    higher_is_better: false,
};

/// The message, 32 bytes.
pub(super) const TEXT: &str = "0123456789abcdef0123456789ABCDEF";

/// Round trips with their times.
pub(super) struct PingPong {
    rounds: usize,
    sent: Instant,
    /// Nanoseconds per round trip.
    pub(super) times: Vec<u64>,
}

impl PingPong {
    /// A conversation of `rounds` round trips.
    pub(super) fn new(rounds: usize) -> Self {
        Self {
            rounds,
            sent: Instant::now(),
            times: Vec::with_capacity(rounds),
        }
    }
}

impl Exchange for PingPong {
    fn begin(&mut self) -> usize {
        self.sent = Instant::now();
        1
    }

    fn received(&mut self, _length: usize) -> Step {
        let now = Instant::now();
        self.times.push((now - self.sent).as_nanos() as u64);
        self.sent = now;
        if self.times.len() == self.rounds {
            Step::Done
        } else {
            Step::Send(1)
        }
    }
}

pub(super) async fn measure<C: Client>(target: &Target) -> Result<Measurement> {
    let rounds = if target.quick { 4_000 } else { 20_000 };
    let (PingPong { mut times, .. }, _, cpu) = timed::<C, _>(target, PingPong::new(rounds)).await?;
    times.sort_unstable();
    let percentile = |percent: usize| times[times.len() * percent / 100] as f64 / 1e3;
    Ok(Measurement {
        value: percentile(50),
        detail: Some(percentile(99)),
        cpu: micros_per(cpu, rounds),
    })
}
