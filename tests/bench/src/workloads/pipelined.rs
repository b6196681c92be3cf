//! w2, w3a, w3b: echo with several messages in flight.

use std::time::Duration;

use super::{Description, micros_per, scaled, timed};
use crate::{
    Result,
    cell::Measurement,
    clients::{Client, ClientKind, Target},
    exchange::{Exchange, Step},
};

const BASE: Description = Description {
    id: "w2",
    title: "echo of 64-byte messages, 1024 in flight",
    unit: "M msgs/s",
    decimals: 2,
    detail: None,
    cpu: "CPU µs/msg",
    reference: Some(ClientKind::Tungstenite),
    higher_is_better: true,
};

pub(super) const SMALL: Description = BASE;
pub(super) const MEDIUM: Description = Description {
    id: "w3a",
    title: "echo of 64 KiB messages, 8 in flight",
    unit: "MiB/s (both ways)",
    decimals: 0,
    ..BASE
};
pub(super) const LARGE: Description = Description {
    id: "w3b",
    title: "echo of 1 MiB messages, 8 in flight",
    ..MEDIUM
};

/// Keeps up to `window` messages in flight.
struct Pipelined {
    length: usize,
    to_send: usize,
    to_receive: usize,
    in_flight: usize,
    window: usize,
    /// The window is filled again when so few are in flight.
    low: usize,
    wrong_length: bool,
}

impl Exchange for Pipelined {
    fn begin(&mut self) -> usize {
        self.refill()
    }

    fn received(&mut self, length: usize) -> Step {
        self.wrong_length |= length != self.length;
        self.to_receive -= 1;
        self.in_flight -= 1;
        if self.to_receive == 0 {
            Step::Done
        } else if self.in_flight <= self.low {
            Step::Send(self.refill())
        } else {
            Step::Send(0)
        }
    }
}

impl Pipelined {
    fn refill(&mut self) -> usize {
        let count = (self.window - self.in_flight).min(self.to_send);
        self.to_send -= count;
        self.in_flight += count;
        count
    }
}

/// w2: the window of 1024 is filled again when it is half empty.
pub(super) async fn small<C: Client>(target: &Target) -> Result<Measurement> {
    let count = scaled(if target.quick { 500_000 } else { 2_500_000 }, target);
    let (wall, cpu) = run::<C>(target, count, 1024, 512).await?;
    Ok(Measurement {
        value: count as f64 / wall.as_secs_f64() / 1e6,
        detail: None,
        cpu: micros_per(cpu, count),
    })
}

/// w3a: each received message is followed by the next one.
pub(super) async fn medium<C: Client>(target: &Target) -> Result<Measurement> {
    large_messages::<C>(target, if target.quick { 3_000 } else { 20_000 }).await
}

/// w3b: as w3a.
pub(super) async fn large<C: Client>(target: &Target) -> Result<Measurement> {
    large_messages::<C>(target, if target.quick { 200 } else { 1_500 }).await
}

async fn large_messages<C: Client>(target: &Target, count: usize) -> Result<Measurement> {
    let (wall, cpu) = run::<C>(target, count, 8, 7).await?;
    let mebibytes = 2.0 * (count * target.payload.as_bytes().len()) as f64 / (1024.0 * 1024.0);
    Ok(Measurement {
        value: mebibytes / wall.as_secs_f64(),
        detail: None,
        cpu: micros_per(cpu, count),
    })
}

async fn run<C: Client>(
    target: &Target,
    count: usize,
    window: usize,
    low: usize,
) -> Result<(Duration, Duration)> {
    let exchange = Pipelined {
        length: target.payload.as_bytes().len(),
        to_send: count,
        to_receive: count,
        in_flight: 0,
        window,
        low,
        wrong_length: false,
    };
    let (exchange, wall, cpu) = timed::<C, _>(target, exchange).await?;
    if exchange.wrong_length {
        return Err("an echo had another length".into());
    }
    Ok((wall, cpu))
}
