//! w6: many connections that ping-pong on one thread.

use std::time::Instant;

use futures::future::try_join_all;
use tokio::task::spawn_local;

use super::{Description, micros_per, ping_pong::PingPong};
use crate::{
    Result,
    cell::Measurement,
    clients::{Client, ClientKind, Target, connect_many},
    system,
};

pub(super) const DESCRIPTION: Description = Description {
    id: "w6",
    title: "256 connections ping-ponging on one thread",
    unit: "k msgs/s",
    decimals: 1,
    detail: None,
    cpu: "CPU µs/round trip",
    reference: Some(ClientKind::Tcp),
    higher_is_better: true,
};

const CONNECTIONS: usize = 256;

pub(super) async fn measure<C: Client>(target: &Target) -> Result<Measurement> {
    let rounds = if target.quick { 80 } else { 500 };
    let clients = connect_many::<C>(target, CONNECTIONS).await?;
    let (cpu, start) = (system::cpu_time(), Instant::now());
    let conversations = clients.into_iter().map(|mut client| {
        spawn_local(async move {
            client.exchange(PingPong::new(rounds)).await?;
            // Kept open until all are done, so that no close falls into the measurement.
            Result::Ok(client)
        })
    });
    let clients = try_join_all(conversations).await?;
    let (wall, cpu) = (start.elapsed(), system::cpu_time().saturating_sub(cpu));
    clients.into_iter().collect::<Result<Vec<_>>>()?;
    let messages = CONNECTIONS * rounds;
    Ok(Measurement {
        value: messages as f64 / wall.as_secs_f64() / 1e3,
        detail: None,
        cpu: micros_per(cpu, messages),
    })
}
