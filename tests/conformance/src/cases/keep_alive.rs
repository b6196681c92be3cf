//! Keep-alive: a peer that is gone is noticed, one that answers is not given up.

use std::time::Duration;

use taro_socket_api::{Capability, CloseCause, ConnectSocketOption, ErrorKind, ReadyState};

use crate::{Behavior, Cx, Failure};

const SPEC: &str = "RFC 6455 §5.5.2";
const COVERS: &[&str] = &["Capability.Ping"];
const PING: &[Capability] = &[Capability::Ping];

cases! {
    "keep-alive/gone/ends", SPEC, NeverPings => gone, COVERS, requires(PING);
    "keep-alive/answers/stays", SPEC, IgnoresAnswersToPings => stays, COVERS, requires(PING);
    "keep-alive/answers/round-trip", "taro-socket, SocketTask", HidesRoundTrip => round_trip, COVERS, requires(PING);
    "keep-alive/off/no-round-trip", "taro-socket, ConnectSocketOption", PingsUnasked => off, COVERS, requires(PING);
}

const INTERVAL: Duration = Duration::from_millis(200);
const DEADLINE: Duration = Duration::from_millis(500);

fn pinging(option: ConnectSocketOption) -> ConnectSocketOption {
    option.keep_alive(INTERVAL, DEADLINE)
}

/// The peer is there, and takes and sends nothing.
async fn gone(cx: Cx) -> Result<(), Failure> {
    let mut live = cx.open_with(Behavior::Stall, pinging).await?;
    let end = live.fails_by(ErrorKind::Timeout, CloseCause::Timeout);
    cx.soon("the end", end).await??;
    Ok(())
}

async fn stays(cx: Cx) -> Result<(), Failure> {
    let mut live = cx.open_with(Behavior::Echo, pinging).await?;
    cx.sleep(4 * (INTERVAL + DEADLINE)).await;
    ensure_eq!(live.task.ready_state(), ReadyState::Open, "state");
    live.echo("still there").await?;
    live.finish().await
}

async fn round_trip(cx: Cx) -> Result<(), Failure> {
    let mut live = cx.open_with(Behavior::Echo, pinging).await?;
    ensure_eq!(live.task.round_trip_time(), None, "before a ping");
    cx.sleep(3 * INTERVAL).await;
    let told = live.task.round_trip_time();
    ensure!(
        told.is_some_and(|took| took < DEADLINE),
        "round trip {told:?}"
    );
    live.finish().await
}

/// What is not asked for is not done. A platform that has it by default is told that it is not wanted.
async fn off(cx: Cx) -> Result<(), Failure> {
    let mut live = cx
        .open_with(Behavior::Echo, |option| {
            pinging(option).without_keep_alive()
        })
        .await?;
    cx.sleep(3 * INTERVAL).await;
    ensure_eq!(live.task.round_trip_time(), None, "round trip");
    live.finish().await
}
