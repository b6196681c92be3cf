//! Flush: everything sent before it has left.

use futures::future::poll_immediate;
use taro_socket_api::{ErrorKind, Limits};
use taro_socket_test_protocol::MessageSeen;

use super::send_queue::{HEAPS, MIB, stalled};
use crate::{Action, Behavior, Cx, Failure, Until, live::peer_got_close};

const SPEC: &str = "taro-socket, SocketTask";
const FLUSH: &[&str] = &["SocketTask.send"];

cases! {
    "send/flush/resolves", SPEC, SendNeverCompletes => resolves, FLUSH;
    "send/flush/waits-for-what-was-sent", SPEC, FlushesNothing => waits, FLUSH, deadline(30);
    "send/flush/keeps-the-order", SPEC, ReordersSends => order, FLUSH;
    "send/flush/not-open", SPEC, NeverCloses => not_open, FLUSH;
    "send/flush/aborted-by-the-end", SPEC, SendNeverCompletes => aborted, FLUSH, deadline(30);
    "send/flush/nothing-is-lost-by-dropping", SPEC, LosesSend => dropped, FLUSH;
}

fn texts(numbers: std::ops::Range<usize>) -> Vec<MessageSeen> {
    let text = |at: usize| MessageSeen::text(&format!("message {at}"));
    numbers.map(text).collect()
}

async fn resolves(cx: Cx) -> Result<(), Failure> {
    let mut live = cx.open(Behavior::Capture).await?;
    cx.soon("a flush of nothing", live.task.flush()).await??;
    for at in 0..100 {
        drop(live.task.send(format!("message {at}")));
    }
    cx.soon("the flush", live.task.flush()).await??;
    let seen = live.peer.seen(Until::Messages(100)).await?;
    ensure!(seen.messages == texts(0..100), "other messages came");
    live.finish().await
}

/// The peer does not read, so that not all can leave.
async fn waits(cx: Cx) -> Result<(), Failure> {
    let live = stalled(&cx, Limits::default()).await?;
    for _ in 0..HEAPS {
        drop(live.task.send(vec![0; MIB]));
    }
    let mut flush = live.task.flush();
    let early = poll_immediate(&mut flush).await;
    ensure!(early.is_none(), "flush() is {early:?} at once");
    live.peer.act(Action::Resume).await?;
    flush.await?;
    live.peer.seen(Until::Messages(HEAPS)).await?;
    Ok(())
}

/// Flushing changes nothing about the order, awaited or not.
async fn order(cx: Cx) -> Result<(), Failure> {
    let mut live = cx.open(Behavior::Capture).await?;
    for at in 0..30 {
        drop(live.task.send(format!("message {at}")));
        let flush = live.task.flush();
        match at % 3 {
            0 => flush.await?,
            _ => drop(flush),
        }
    }
    live.finish().await?;
    let seen = live.peer.seen(Until::Closed).await?;
    ensure!(
        seen.messages == texts(0..30),
        "other messages, or in another order"
    );
    Ok(())
}

async fn not_open(cx: Cx) -> Result<(), Failure> {
    let mut live = cx.dial(Behavior::Delay { ms: 50 }).await?;
    let kind = |told: taro_socket_api::Result<()>| told.map_err(|error| error.kind());
    let told = kind(live.task.flush().await);
    ensure_eq!(
        told,
        Err(ErrorKind::InvalidState),
        "flush() while connecting"
    );
    live.open().await?;
    live.finish().await?;
    let told = kind(live.task.flush().await);
    ensure_eq!(told, Err(ErrorKind::InvalidState), "flush() after the end");
    Ok(())
}

async fn aborted(cx: Cx) -> Result<(), Failure> {
    let mut live = stalled(&cx, Limits::default()).await?;
    for _ in 0..HEAPS {
        drop(live.task.send(vec![0; MIB]));
    }
    let flush = live.task.flush();
    live.peer.act(Action::Drop { reset: true }).await?;
    live.fails(ErrorKind::Transport).await?;
    let told = cx
        .soon("the flush", flush)
        .await?
        .map_err(|error| error.kind());
    ensure_eq!(told, Err(ErrorKind::Aborted), "the flush");
    Ok(())
}

async fn dropped(cx: Cx) -> Result<(), Failure> {
    let live = cx.open(Behavior::Capture).await?;
    for at in 0..100 {
        drop(live.task.send(format!("message {at}")));
    }
    live.task.flush().await?;
    let peer = live.peer.clone();
    drop(live);
    let seen = peer_got_close(&peer, Some(1000), "").await?;
    ensure!(
        seen.messages == texts(0..100),
        "{} of 100 messages, or others, came",
        seen.messages.len()
    );
    Ok(())
}
