//! w4r: the peer sends as fast as it can.

use super::{Description, micros_per, timed};
use crate::{
    Result,
    cell::Measurement,
    clients::{Client, ClientKind, Target},
    exchange::{Exchange, Step},
};

pub(super) const DESCRIPTION: Description = Description {
    id: "w4r",
    title: "receive flood of 64-byte messages",
    unit: "M msgs/s",
    decimals: 2,
    detail: None,
    cpu: "CPU µs/msg",
    reference: Some(ClientKind::Tungstenite),
    higher_is_better: true,
};

/// Messages of one flood.
pub(super) const fn count(quick: bool) -> usize {
    if quick { 1_000_000 } else { 5_000_000 }
}

/// One message starts the flood; the rest is counting.
struct ReceiveFlood {
    remaining: usize,
}

impl Exchange for ReceiveFlood {
    fn begin(&mut self) -> usize {
        1
    }

    fn received(&mut self, _length: usize) -> Step {
        self.remaining -= 1;
        if self.remaining == 0 {
            Step::Done
        } else {
            Step::Send(0)
        }
    }
}

pub(super) async fn measure<C: Client>(target: &Target) -> Result<Measurement> {
    let count = count(target.quick);
    let target = target.with_path(format!("/flood/{count}"));
    let (_, wall, cpu) = timed::<C, _>(&target, ReceiveFlood { remaining: count }).await?;
    Ok(Measurement {
        value: count as f64 / wall.as_secs_f64() / 1e6,
        detail: None,
        cpu: micros_per(cpu, count),
    })
}
