//! What comes before what when a connection ends, and what may be done meanwhile.

use std::sync::Arc;

use futures::FutureExt;
use taro_socket_api::{
    Capability, CloseCause, CloseEvent, CloseFrame, ErrorKind, Limits, ReadyState, SendOption,
};

use super::send_queue::{HEAPS, MIB, stalled};
use crate::{
    Action, Behavior, Cx, Failure,
    cx::limits,
    live::{Live, own_close, requested},
    recorder::{Pen, Recorder, recorder},
};

const SPEC: &str = "taro-socket, SocketTask";
const SENDS: &[&str] = &[
    "SendOption.fail",
    "SocketTask.onError",
    "SocketTask.onClose",
];
const CLOSE: &[&str] = &["SocketTask.close", "SocketTask.onClose"];
const OWN_FRAMES: &[Capability] = &[Capability::PeerErrorCodes];

cases! {
    "terminal/order/sends-error-close", SPEC, AbortsSendsLate => order, SENDS, deadline(30);
    "terminal/order/handlers-then-waiters", SPEC, FailsSilently => handlers_first, &["SocketTask.onError", "SocketTask.onClose"];
    "terminal/aborted-sends/are-told-while-closing", SPEC, AbortsSendsWhileOpen => state, SENDS, deadline(30);
    "terminal/aborted-sends/by-the-peers-close", SPEC, AbortsSendsWhileOpen => state_at_close, SENDS, requires(OWN_FRAMES), deadline(30);
    "close/succeeds/while-the-connection-breaks", SPEC, AbortsClose => breaks, CLOSE, deadline(30);
    "close/within-on-message/at-the-bound", SPEC, OverflowsAfterClose => at_bound, CLOSE;
    "close/connecting/racing-the-answer", SPEC, ConnectsAfterClose => racing, CLOSE, deadline(30);
}

/// Fills a peer that does not read, with `fail` on each send.
fn send_heaps<F>(live: &Live, fail: impl Fn() -> F)
where
    F: FnOnce(taro_socket_api::Error) + taro_socket_api::MaybeSend + 'static,
{
    for _ in 0..HEAPS {
        let option = SendOption::new(vec![0; MIB]).fail(fail());
        live.task.send_with(option);
    }
}

async fn order(cx: Cx) -> Result<(), Failure> {
    let live = stalled(&cx, Limits::default()).await?;
    let (pen, reader) = recorder();
    let (on_error, on_close) = (pen.clone(), pen.clone());
    live.task.on_error(move |_| on_error.write("error"));
    live.task.on_close(move |_| on_close.write("close"));
    send_heaps(&live, || {
        let pen = pen.clone();
        move |_| pen.write("send")
    });
    live.peer.act(Action::Drop { reset: true }).await?;
    live.task.closed().await;
    pen.write("closed()");
    drop(pen);
    let mut told = cx.soon("the reports", reader.rest()).await?;
    told.dedup();
    ensure_eq!(told, ["send", "error", "close", "closed()"], "order");
    Ok(())
}

/// While handlers are told, those who wait for the end still do.
async fn handlers_first(cx: Cx) -> Result<(), Failure> {
    let mut live = cx.open(Behavior::Echo).await?;
    let (pen, reader) = recorder();
    let watch = |name: &'static str, pen: Pen<_>| {
        let mut closed = live.task.closed();
        move || pen.write((name, (&mut closed).now_or_never().is_some()))
    };
    let mut on_error = watch("error", pen.clone());
    let mut on_close = watch("close", pen);
    live.task.on_error(move |_| on_error());
    live.task.on_close(move |_| on_close());
    live.peer.act(Action::Drop { reset: false }).await?;
    live.fails(ErrorKind::Transport).await?;
    let told = reader.rest().await;
    ensure_eq!(
        told,
        [("error", false), ("close", false)],
        "closed() in handlers"
    );
    Ok(())
}

/// What a handler of `fail` finds: the state, and what comes of another send and of a close.
type Found = (ReadyState, Option<ErrorKind>, bool);

/// Sends more than the peer reads; what each `fail` finds when the end gives it up.
fn watched(live: &Live) -> Recorder<Found> {
    let (pen, reader) = recorder();
    send_heaps(live, || {
        let (pen, weak) = (pen.clone(), Arc::downgrade(&live.task));
        move |_| {
            let Some(task) = weak.upgrade() else { return };
            let state = task.ready_state();
            // Sent again only once: an adapter that accepts it would give it up again.
            let again = task.send("again").now_or_never();
            let refused = again.and_then(Result::err).map(|error| error.kind());
            let close = task.close(CloseFrame::default()).now_or_never();
            pen.write((state, refused, matches!(close, Some(Ok(())))));
        }
    });
    reader
}

/// Sends were given up, each in a task that was no longer open.
async fn all_closing(cx: &Cx, reader: Recorder<Found>) -> Result<(), Failure> {
    let found = cx.soon("the sends' reports", reader.rest()).await?;
    ensure!(!found.is_empty(), "no send was given up");
    for (state, refused, closed) in found {
        ensure!(state >= ReadyState::Closing, "state {state} in fail");
        ensure_eq!(
            refused,
            Some(ErrorKind::InvalidState),
            "another send in fail"
        );
        ensure!(closed, "close() in fail did not succeed");
    }
    Ok(())
}

async fn state(cx: Cx) -> Result<(), Failure> {
    let mut live = stalled(&cx, Limits::default()).await?;
    let found = watched(&live);
    live.peer.act(Action::Drop { reset: true }).await?;
    live.fails(ErrorKind::Transport).await?;
    all_closing(&cx, found).await
}

async fn state_at_close(cx: Cx) -> Result<(), Failure> {
    let bound = limits(|limits| limits.close_timeout = std::time::Duration::from_millis(500));
    let live = stalled(&cx, bound).await?;
    let found = watched(&live);
    let (code, reason) = (Some(4001), "bye".to_owned());
    live.peer.act(Action::Close { code, reason }).await?;
    let close = cx.soon("the close", live.task.closed()).await?;
    ensure!(!close.requested, "close {close:?}");
    all_closing(&cx, found).await
}

/// A close that waits behind what the peer does not read: the end carries it out.
async fn breaks(cx: Cx) -> Result<(), Failure> {
    let mut live = stalled(&cx, Limits::default()).await?;
    for _ in 0..HEAPS {
        drop(live.task.send(vec![0; MIB]));
    }
    let closing = live.task.close(CloseFrame::new(4001, "bye")?);
    live.peer.act(Action::Drop { reset: true }).await?;
    cx.soon("close()", closing).await??;
    let close = cx.soon("the close", live.close()).await??;
    ensure!(close.requested, "close {close:?}");
    if cx.declares(Capability::CloseAnswer) {
        let expected = requested(CloseEvent::abnormal(CloseCause::Local));
        ensure_eq!(close, expected, "close");
    }
    Ok(())
}

/// The fifth message fills a stream that nobody reads, and a handler closes on it.
async fn at_bound(cx: Cx) -> Result<(), Failure> {
    let few = limits(|limits| limits.max_buffered_messages = 4);
    let mut live = cx
        .open_with(Behavior::Echo, |option| option.limits(few))
        .await?;
    let (weak, mut count) = (Arc::downgrade(&live.task), 0);
    live.task.on_message(move |_| {
        count += 1;
        if let (5, Some(task), Ok(frame)) = (count, weak.upgrade(), CloseFrame::new(4001, "enough"))
        {
            drop(task.close(frame));
        }
    });
    live.peer.act(Action::Flood { count: 5, size: 1 }).await?;
    live.peer_got_close(Some(4001), "enough").await?;
    for _ in 0..5 {
        live.message().await?;
    }
    ensure_eq!(
        live.close().await?,
        own_close(Some(4001), "enough"),
        "close"
    );
    Ok(())
}

/// However far the handshake is: the task has opened and closes with its code, or never opens and ends with 1006.
async fn racing(cx: Cx) -> Result<(), Failure> {
    // Browsers slow down whoever gives up many handshakes.
    let own = cx.declares(Capability::PeerErrorCodes);
    // What is given up keeps its place until the host has ended it; the last one is for what comes after.
    let few = cx.sockets(6).saturating_sub(1);
    for round in 0..if own { 200 } else { few } {
        let mut live = cx.dial(Behavior::Echo).await?;
        cx.turns(round).await;
        live.task.close(CloseFrame::new(4001, "mine")?).await?;
        match live.task.opened().await {
            Ok(_) => {
                live.open().await?;
                let close = live.close().await?;
                ensure_eq!(
                    close,
                    own_close(Some(4001), "mine"),
                    "close of round {round}"
                );
            }
            Err(error) => {
                ensure_eq!(error.kind(), ErrorKind::Aborted, "{error} in round {round}");
                let expected = requested(CloseEvent::abnormal(CloseCause::Local));
                ensure_eq!(live.close().await?, expected, "close of round {round}");
            }
        }
    }
    cx.still_works().await
}
