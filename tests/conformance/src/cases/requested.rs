//! Who asked for an end, apart from how it came.

use std::time::Duration;

use taro_socket_api::{CloseCause, CloseEvent, CloseFrame, ErrorKind, SocketEvent};

use crate::{
    Action, Behavior, Cx, Failure,
    live::{Live, peer_got_close, requested},
};

const SPEC: &str = "taro-socket, CloseEvent";
const ENDS: &[&str] = &["SocketTask.close", "SocketTask.onClose"];

cases! {
    "close/requested/never-answered", SPEC, HangsOnSilentPeer => unanswered, ENDS;
    "close/requested/last-handle-dropped", SPEC, ClosesUnasked => dropped, ENDS;
    "close/requested/not-by-the-peer", SPEC, IgnoresPeerClose => by_peer, ENDS;
    "close/requested/not-by-a-failure", SPEC, FailsSilently => by_failure, ENDS;
}

/// The cause says how it ended, and the flag who wanted it.
async fn unanswered(cx: Cx) -> Result<(), Failure> {
    let mut live = cx.open_unanswered(Duration::from_millis(100)).await?;
    live.task.close(CloseFrame::default()).await?;
    let close = live.close().await?;
    ensure_eq!(
        close,
        requested(CloseEvent::abnormal(CloseCause::Timeout)),
        "close"
    );
    Ok(())
}

async fn dropped(cx: Cx) -> Result<(), Failure> {
    let Live {
        task,
        peer,
        mut events,
    } = cx.open(Behavior::Echo).await?;
    drop(task);
    match cx.soon("the close", events.next()).await? {
        Some(SocketEvent::Close(close)) => ensure!(close.requested, "{close:?}"),
        other => return Err(Failure::new(format!("got {other:?}, expected close"))),
    }
    peer_got_close(&peer, Some(1000), "").await?;
    Ok(())
}

async fn by_peer(cx: Cx) -> Result<(), Failure> {
    let mut live = cx.open(Behavior::Echo).await?;
    let (code, reason) = (Some(4001), "bye".to_owned());
    live.peer.act(Action::Close { code, reason }).await?;
    let close = live.close().await?;
    ensure!(!close.requested, "{close:?}");
    cx.closed_by_peer(&close, Some(4001), "bye")?;
    cx.close_answered(&live.peer, Some(4001), "bye").await
}

/// A close in the handler of the error comes too late to have asked for it.
async fn by_failure(cx: Cx) -> Result<(), Failure> {
    let mut live = cx.open(Behavior::Echo).await?;
    let weak = std::sync::Arc::downgrade(&live.task);
    live.task.on_error(move |_| {
        if let Some(task) = weak.upgrade() {
            drop(task.close(CloseFrame::default()));
        }
    });
    live.peer.act(Action::Drop { reset: false }).await?;
    live.fails(ErrorKind::Transport).await?;
    ensure!(
        !live.task.closed().await.requested,
        "closed() says requested"
    );
    Ok(())
}
