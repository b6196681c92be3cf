//! w5: resident memory per idle connection.

use super::{Description, micros_per, ping_pong::PingPong};
use crate::{
    Result,
    cell::Measurement,
    clients::{Client, Target, connect_many},
    system,
};

pub(super) const DESCRIPTION: Description = Description {
    id: "w5",
    title: "resident memory per idle connection",
    unit: "KiB/connection",
    decimals: 1,
    detail: Some("after one echo, KiB"),
    cpu: "CPU µs/connect",
    reference: None,
    higher_is_better: false,
};

pub(super) async fn measure<C: Client>(target: &Target) -> Result<Measurement> {
    let count = if target.quick { 1_000 } else { 2_000 };
    // What the first connection alone needs (tables, name lookup) does not count.
    let _first = connect_many::<C>(target, 1).await?;
    let (before, cpu) = (system::resident_kib()?, system::cpu_time());
    let mut clients = connect_many::<C>(target, count).await?;
    let cpu = system::cpu_time().saturating_sub(cpu);
    let idle = system::resident_kib()?;
    for client in &mut clients {
        client.exchange(PingPong::new(1)).await?;
    }
    let used = system::resident_kib()?;
    let per_connection = |after: f64| (after - before) / count as f64;
    Ok(Measurement {
        value: per_connection(idle),
        detail: Some(per_connection(used)),
        cpu: micros_per(cpu, count),
    })
}
