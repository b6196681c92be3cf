//! What is measured. One file per conversation.

mod idle_memory;
mod many_connections;
mod ping_pong;
mod pipelined;
mod receive_flood;
mod send_flood;

use std::time::{Duration, Instant};

use clap::ValueEnum;
use serde::{Deserialize, Serialize};

use crate::{
    Result,
    cell::Measurement,
    clients::{Client, ClientKind, Target},
    exchange::{Exchange, Payload},
    system,
};

/// The workloads, in the order of the report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum, Serialize, Deserialize)]
pub(crate) enum WorkloadKind {
    /// Round trips of a 32-byte text, one after the other.
    W1,
    /// Echo of 64-byte messages, at most 1024 in flight.
    W2,
    /// Receive flood of 64-byte messages.
    W4r,
    /// Send flood of 64-byte messages.
    W4s,
    /// Echo of 64 KiB messages, 8 in flight.
    W3a,
    /// Echo of 1 MiB messages, 8 in flight.
    W3b,
    /// 256 connections that ping-pong on one thread.
    W6,
    /// Resident memory per idle connection.
    W5,
}

/// How a workload is shown.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Description {
    pub(crate) id: &'static str,
    pub(crate) title: &'static str,
    /// Unit of the value.
    pub(crate) unit: &'static str,
    pub(crate) decimals: usize,
    /// Name of the second value, if there is one.
    pub(crate) detail: Option<&'static str>,
    /// Unit of the CPU column.
    pub(crate) cpu: &'static str,
    /// The client whose value is 1.00; none where the value itself has a goal.
    pub(crate) reference: Option<ClientKind>,
    pub(crate) higher_is_better: bool,
}

impl WorkloadKind {
    /// How this workload is shown.
    pub(crate) const fn description(self) -> &'static Description {
        match self {
            Self::W1 => &ping_pong::DESCRIPTION,
            Self::W2 => &pipelined::SMALL,
            Self::W3a => &pipelined::MEDIUM,
            Self::W3b => &pipelined::LARGE,
            Self::W4r => &receive_flood::DESCRIPTION,
            Self::W4s => &send_flood::DESCRIPTION,
            Self::W5 => &idle_memory::DESCRIPTION,
            Self::W6 => &many_connections::DESCRIPTION,
        }
    }

    /// Whether `client` has a row. TCP without framing is the baseline of latency only; a flush per message
    /// changes nothing where a client sends little.
    pub(crate) const fn includes(self, client: ClientKind) -> bool {
        match client {
            ClientKind::Tcp => matches!(self, Self::W1 | Self::W6),
            ClientKind::TungsteniteFlush => matches!(
                self,
                Self::W1 | Self::W2 | Self::W4s | Self::W3a | Self::W3b
            ),
            _ => true,
        }
    }

    /// What the client sends.
    pub(crate) fn payload(self) -> Payload {
        match self {
            Self::W1 | Self::W6 => Payload::Text(ping_pong::TEXT),
            Self::W2 | Self::W4r | Self::W4s | Self::W5 => Payload::binary(64),
            Self::W3a => Payload::binary(64 * 1024),
            Self::W3b => Payload::binary(1024 * 1024),
        }
    }

    /// Runs this workload once with the client `C`.
    pub(crate) async fn measure<C: Client>(self, target: &Target) -> Result<Measurement> {
        match self {
            Self::W1 => ping_pong::measure::<C>(target).await,
            Self::W2 => pipelined::small::<C>(target).await,
            Self::W3a => pipelined::medium::<C>(target).await,
            Self::W3b => pipelined::large::<C>(target).await,
            Self::W4r => receive_flood::measure::<C>(target).await,
            Self::W4s => send_flood::measure::<C>(target).await,
            Self::W5 => idle_memory::measure::<C>(target).await,
            Self::W6 => many_connections::measure::<C>(target).await,
        }
    }
}

/// One conversation on a new connection: the script after its end, wall time, CPU time.
async fn timed<C: Client, E: Exchange>(
    target: &Target,
    exchange: E,
) -> Result<(E, Duration, Duration)> {
    let mut client = C::connect(target).await?;
    let (cpu, start) = (system::cpu_time(), Instant::now());
    let exchange = client.exchange(exchange).await?;
    Ok((
        exchange,
        start.elapsed(),
        system::cpu_time().saturating_sub(cpu),
    ))
}

/// `time` in microseconds, per one of `count`.
fn micros_per(time: Duration, count: usize) -> f64 {
    time.as_secs_f64() * 1e6 / count as f64
}

/// Messages of a throughput workload: fewer where each one costs a system call.
fn scaled(count: usize, target: &Target) -> usize {
    if target.flushes_each {
        count / 25
    } else {
        count
    }
}
