//! Abort: the end at once, without the peer.

use std::{sync::Arc, time::Duration};

use taro_socket_api::{
    Capability, CloseCause, CloseEvent, CloseFrame, ErrorKind, Limits, SendOption,
};

use super::send_queue::{HEAPS, MIB, stalled};
use crate::{
    Behavior, Cx, Failure, Until,
    live::{Live, requested},
    recorder::{letters, record, recorder},
};

const SPEC: &str = "taro-socket, SocketTask";
const ABORT: &[&str] = &["SocketTask.close", "SocketTask.onClose"];

cases! {
    "close/abort/open", SPEC, AbortsPolitely => open, ABORT;
    "close/abort/ends-the-connection", SPEC, AbortsInNameOnly => ends, ABORT;
    "close/abort/connecting", SPEC, ConnectsAfterClose => connecting, ABORT;
    "close/abort/closing", SPEC, AbortsPolitely => closing, ABORT;
    "close/abort/closed", SPEC, NeverCloses => closed, ABORT;
    "close/abort/within-on-message", SPEC, AbortsPolitely => within_message, ABORT;
    "close/abort/pending-sends", SPEC, SendNeverCompletes => pending, &["SocketTask.close", "SendOption.fail"], deadline(30);
}

/// The task ends now, by this side, and nothing follows.
async fn aborts(cx: &Cx, live: &mut Live) -> Result<(), Failure> {
    live.task.abort();
    let close = cx.soon("the close", live.close()).await??;
    let expected = requested(CloseEvent::abnormal(CloseCause::Local));
    ensure_eq!(close, expected, "close");
    live.task.abort();
    live.task.close(CloseFrame::default()).await?;
    ensure_eq!(
        live.task.closed().await,
        expected,
        "closed() after another abort"
    );
    Ok(())
}

/// The peer would never answer a Close frame. Where the adapter writes its own frames it gets none.
async fn open(cx: Cx) -> Result<(), Failure> {
    let mut live = cx.open(Behavior::IgnoreClose).await?;
    live.echo("alive").await?;
    aborts(&cx, &mut live).await?;
    if cx.declares(Capability::PeerErrorCodes) {
        let seen = live.peer.seen(Until::Ended).await?;
        ensure_eq!(seen.close, None, "Close frame at the peer");
    }
    Ok(())
}

async fn ends(cx: Cx) -> Result<(), Failure> {
    let mut live = cx.open(Behavior::Echo).await?;
    live.echo("alive").await?;
    aborts(&cx, &mut live).await?;
    live.peer.ended().await
}

async fn connecting(cx: Cx) -> Result<(), Failure> {
    let mut live = cx.dial(Behavior::Silent).await?;
    live.peer.seen(Until::Requested).await?;
    aborts(&cx, &mut live).await?;
    let opened = live.task.opened().await.map_err(|error| error.kind());
    ensure_eq!(opened, Err(ErrorKind::Aborted), "opened()");
    cx.never_opened(&live.peer).await
}

/// Whoever has waited for the peer long enough.
async fn closing(cx: Cx) -> Result<(), Failure> {
    let mut live = cx.open_unanswered(Duration::from_secs(60)).await?;
    live.task.close(CloseFrame::new(4001, "anybody?")?).await?;
    live.peer_got_close(Some(4001), "anybody?").await?;
    aborts(&cx, &mut live).await
}

/// After the end it has no effect.
async fn closed(cx: Cx) -> Result<(), Failure> {
    let mut live = cx.open(Behavior::Echo).await?;
    live.finish().await?;
    let end = live.task.closed().await;
    live.task.abort();
    ensure_eq!(live.task.closed().await, end, "closed() after abort()");
    Ok(())
}

/// A handler has had enough after one of many messages: it is told no other.
async fn within_message(cx: Cx) -> Result<(), Failure> {
    let flood = Behavior::Flood {
        count: 1000,
        size: 16,
    };
    let Live { task, events, .. } = cx.dial(flood).await?;
    drop(events);
    let handlers = record(&task);
    let (pen, reader) = recorder();
    let weak = Arc::downgrade(&task);
    task.on_message(move |_| {
        pen.write(());
        if let Some(task) = weak.upgrade() {
            task.abort();
        }
    });
    let close = cx.soon("the close", task.closed()).await?;
    ensure_eq!(
        close,
        requested(CloseEvent::abnormal(CloseCause::Local)),
        "close"
    );
    ensure_eq!(reader.rest().await.len(), 1, "messages at the handler");
    ensure_eq!(
        letters(&handlers.rest().await),
        "oc",
        "events of the other handlers"
    );
    Ok(())
}

/// Every send is reported, and none that waits is carried out.
async fn pending(cx: Cx) -> Result<(), Failure> {
    let mut live = stalled(&cx, Limits::default()).await?;
    let (pen, reader) = recorder();
    for _ in 0..HEAPS {
        let (on_success, on_fail) = (pen.clone(), pen.clone());
        let option = SendOption::new(vec![0; MIB])
            .success(move |_| on_success.write(None))
            .fail(move |error| on_fail.write(Some(error.kind())));
        live.task.send_with(option);
    }
    drop(pen);
    aborts(&cx, &mut live).await?;
    let told = cx.soon("the sends' reports", reader.rest()).await?;
    ensure_eq!(told.len(), HEAPS, "sends reported");
    ensure_eq!(
        told.last(),
        Some(&Some(ErrorKind::Aborted)),
        "the last report"
    );
    Ok(())
}
