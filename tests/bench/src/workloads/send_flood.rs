//! w4s: the client sends as fast as it can; the peer answers when all has arrived.

use super::{Description, micros_per, receive_flood, scaled, timed};
use crate::{
    Result,
    cell::Measurement,
    clients::{Client, Target},
    exchange::{Exchange, Step},
};

pub(super) const DESCRIPTION: Description = Description {
    id: "w4s",
    title: "send flood of 64-byte messages",
    ..receive_flood::DESCRIPTION
};

/// All messages at once, then one answer.
struct SendFlood {
    count: usize,
}

impl Exchange for SendFlood {
    fn begin(&mut self) -> usize {
        self.count
    }

    fn received(&mut self, _length: usize) -> Step {
        Step::Done
    }
}

pub(super) async fn measure<C: Client>(target: &Target) -> Result<Measurement> {
    let count = scaled(receive_flood::count(target.quick), target);
    let target = target.with_path(format!("/sink/{count}"));
    let (_, wall, cpu) = timed::<C, _>(&target, SendFlood { count }).await?;
    Ok(Measurement {
        value: count as f64 / wall.as_secs_f64() / 1e6,
        detail: None,
        cpu: micros_per(cpu, count),
    })
}
