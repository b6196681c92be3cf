//! A consumer that is behind: the peer is slowed down, or the connection fails. Never memory without bound.

use futures::FutureExt;
use taro_socket_api::{Capability, ErrorKind, Limits, SocketEvent};

use crate::{Action, Behavior, Cx, Failure, cx::limits, live::brief};

const SPEC: &str = "taro-socket, Capability";
const COVERS: &[&str] = &["SocketTask.onMessage", "Capability.InboundBackPressure"];
const PAUSES: &[Capability] = &[Capability::InboundBackPressure];

cases! {
    "capabilities/inbound-back-pressure/works", SPEC, IgnoresBackPressure => pauses, COVERS, requires(PAUSES);
    "capabilities/inbound-back-pressure/refused", SPEC, DeclaresEverything => overflows, COVERS, forbids(PAUSES);
}

const MIB: usize = 1 << 20;
const SIZE: usize = 64 << 10;

fn one_mib() -> Limits {
    limits(|limits| limits.max_buffered_bytes = MIB)
}

/// Nobody reads 16 MiB that the peer sends: what waits stays near the limit of 1 MiB, and nothing is lost.
async fn pauses(cx: Cx) -> Result<(), Failure> {
    let count = 256;
    let flood = Behavior::Flood { count, size: SIZE };
    let mut live = cx
        .dial_with(flood, |option| option.limits(one_mib()))
        .await?;
    let mut other = live.task.events();
    live.open().await?;
    // Other connections go on meanwhile; by then the driver has read what it is going to read.
    for _ in 0..5 {
        cx.still_works().await?;
    }
    // Reading this stream lets nothing in: the first one is still behind.
    let mut waiting = 0;
    while let Some(Some(_)) = other.next().now_or_never() {
        waiting += 1;
    }
    ensure!(
        waiting * SIZE <= 4 * MIB,
        "{waiting} messages of 64 KiB waited"
    );
    drop(other);
    for at in 0..count {
        let message = live.message().await?;
        let sound = message.as_bytes() == vec![at as u8; SIZE];
        ensure!(sound, "message {at} is {}", brief(&message));
    }
    live.finish().await
}

/// Where reading cannot pause, more than the limit ends the connection instead of filling memory.
async fn overflows(cx: Cx) -> Result<(), Failure> {
    let mut live = cx
        .open_with(Behavior::Capture, |option| option.limits(one_mib()))
        .await?;
    live.peer
        .act(Action::Flood {
            count: 64,
            size: SIZE,
        })
        .await?;
    let end = live.task.closed().await;
    ensure!(!end.was_clean, "close {end:?}");
    let mut waiting = 0;
    loop {
        match live.events.next().await {
            Some(SocketEvent::Message(_)) => waiting += 1,
            Some(SocketEvent::Error(event)) => {
                ensure_eq!(
                    event.error.kind(),
                    ErrorKind::LimitExceeded,
                    "kind of {}",
                    event.error
                );
                break;
            }
            other => return Err(Failure::new(format!("got {other:?}, expected an error"))),
        }
    }
    ensure!(
        waiting * SIZE <= 2 * MIB,
        "{waiting} messages of 64 KiB waited"
    );
    live.close().await?;
    Ok(())
}
