//! Close asked for by this side: when, and how it ends.

use std::{sync::Arc, time::Duration};

use taro_socket_api::{
    Capability, CloseCause, CloseEvent, CloseFrame, ErrorKind, MaybeSend, MaybeSync, MessageEvent,
    SocketTask,
};
use taro_socket_test_protocol::MessageSeen;

use crate::{
    Action, Behavior, Cx, DropWhen, Failure, Until,
    live::{Live, own_close, requested},
    recorder::{letters, record, recorder},
};

const WHATWG: &str = "WHATWG WebSockets §3.1 close";
const HANDSHAKE: &str = "RFC 6455 §7.1";
const CLOSE: &[&str] = &["SocketTask.close", "SocketTask.onClose"];
const ANSWER: &[Capability] = &[Capability::CloseAnswer];

cases! {
    "close/connecting/never-opens", WHATWG, ConnectsAfterClose => connecting, CLOSE;
    "close/connecting/before-the-answer", WHATWG, ConnectsAfterClose => before_answer, CLOSE;
    "close/connecting/at-once", WHATWG, ConnectsAfterClose => at_once, CLOSE;
    "close/within-on-open", WHATWG, DropsCloseCode => within_open, &["SocketTask.close", "SocketTask.onOpen"];
    "close/within-on-message", WHATWG, DropsCloseCode => within_message, &["SocketTask.close", "SocketTask.onMessage"];
    "close/within-on-error-and-on-close", WHATWG, ErrorWithoutClose => within_error, &["SocketTask.close", "SocketTask.onError", "SocketTask.onClose"];
    "close/behind-pending-sends", HANDSHAKE, DiscardsQueueOnClose => behind_sends, &["SocketTask.close", "SocketTask.send"], deadline(30);
    "close/answer/other-code", "RFC 6455 §7.1.5", Reports1006 => other_code, CLOSE, requires(ANSWER);
    "close/answer/other-reason", "RFC 6455 §7.1.6", HidesCloseReason => other_code, CLOSE, requires(ANSWER);
    "close/answer/empty", "RFC 6455 §7.1.5", Reports1006 => empty_answer, CLOSE, requires(ANSWER);
    "close/answer/never", "taro-socket, Limits", HangsOnSilentPeer => no_answer, CLOSE;
    "close/answer/tcp-ends-instead", "RFC 6455 §7.1.5", AlwaysClean => tcp_ends, CLOSE, requires(ANSWER);
    "close/messages-after-it-are-not-delivered", "taro-socket, SocketTask", NeverCloses => late_messages, &["SocketTask.close", "SocketTask.onMessage"], deadline(30);
    "close/both-sides-at-once", "RFC 6455 §7.1.2", IgnoresPeerClose => both, CLOSE, requires(&[Capability::CloseStatus, Capability::CloseAnswer]);
}

/// Gives up before open: one close, no error, and the peer's TCP ends.
async fn gives_up(mut live: Live) -> Result<(), Failure> {
    let handlers = record(&live.task);
    live.task
        .close(CloseFrame::new(4001, "changed my mind")?)
        .await?;
    let close = live.close().await?;
    ensure_eq!(
        close,
        requested(CloseEvent::abnormal(CloseCause::Local)),
        "close"
    );
    ensure_eq!(
        letters(&handlers.rest().await),
        "c",
        "events of the handlers"
    );
    let opened = live.task.opened().await.map_err(|error| error.kind());
    ensure_eq!(opened, Err(ErrorKind::Aborted), "opened()");
    Ok(())
}

async fn connecting(cx: Cx) -> Result<(), Failure> {
    let live = cx.dial(Behavior::Silent).await?;
    let peer = live.peer.clone();
    peer.seen(Until::Requested).await?;
    gives_up(live).await?;
    cx.never_opened(&peer).await
}

async fn before_answer(cx: Cx) -> Result<(), Failure> {
    let live = cx.dial(Behavior::Delay { ms: 1000 }).await?;
    let peer = live.peer.clone();
    peer.seen(Until::Requested).await?;
    gives_up(live).await?;
    let seen = peer.seen(Until::Ended).await?;
    ensure!(seen.messages.is_empty(), "messages at the peer");
    Ok(())
}

/// In the same turn as connecting: whether the peer is dialled at all is left open.
async fn at_once(cx: Cx) -> Result<(), Failure> {
    gives_up(cx.dial(Behavior::Silent).await?).await?;
    cx.still_works().await
}

fn closer(
    task: &Arc<dyn SocketTask>,
    code: u16,
) -> impl Fn() + MaybeSend + MaybeSync + Clone + 'static {
    let weak = Arc::downgrade(task);
    move || {
        let frame = CloseFrame::new(code, "from a handler").ok();
        if let (Some(task), Some(frame)) = (weak.upgrade(), frame) {
            drop(task.close(frame));
        }
    }
}

async fn ends_by_handler(mut live: Live, code: u16) -> Result<(), Failure> {
    let close = live.close().await?;
    ensure_eq!(
        (close.code, close.cause),
        (code, CloseCause::Local),
        "code and cause"
    );
    live.peer_got_close(Some(code), "from a handler").await?;
    Ok(())
}

async fn within_open(cx: Cx) -> Result<(), Failure> {
    let mut live = cx.dial(Behavior::Echo).await?;
    let close = closer(&live.task, 4002);
    live.task.on_open(move |_| close());
    live.open().await?;
    ends_by_handler(live, 4002).await
}

async fn within_message(cx: Cx) -> Result<(), Failure> {
    let mut live = cx.open(Behavior::Capture).await?;
    let close = closer(&live.task, 4003);
    let (pen, reader) = recorder();
    live.task.on_message(move |event: MessageEvent| {
        pen.write(event.data);
        close();
    });
    live.peer.act(Action::Text { text: "go".into() }).await?;
    live.message().await?;
    ends_by_handler(live, 4003).await?;
    ensure_eq!(reader.rest().await.len(), 1, "messages at the handler");
    Ok(())
}

async fn within_error(cx: Cx) -> Result<(), Failure> {
    let when = DropWhen::Message;
    let mut live = cx.open(Behavior::Drop { when, reset: false }).await?;
    let (on_error, on_close) = (closer(&live.task, 4004), closer(&live.task, 4005));
    let (pen, reader) = recorder();
    let (error, close) = (pen.clone(), pen);
    live.task.on_error(move |_| {
        on_error();
        error.write("error");
    });
    live.task.on_close(move |_| {
        on_close();
        close.write("close");
    });
    live.task.send("drop it").await?;
    live.fails(ErrorKind::Transport).await?;
    ensure_eq!(reader.rest().await, ["error", "close"], "handlers called");
    Ok(())
}

async fn behind_sends(cx: Cx) -> Result<(), Failure> {
    let mut live = cx.open(Behavior::Capture).await?;
    let expected: Vec<_> = (0..200_u8).map(|at| vec![at; 10_000]).collect();
    for bytes in &expected {
        drop(live.task.send(bytes.as_slice()));
    }
    live.finish().await?;
    let seen = live.peer.seen(Until::Closed).await?;
    let expected: Vec<_> = expected
        .iter()
        .map(|bytes| MessageSeen::binary(bytes))
        .collect();
    ensure!(
        seen.messages == expected,
        "{} of 200 messages, or others, came before the close",
        seen.messages.len()
    );
    Ok(())
}

/// Closes with 4001; the peer answers this, and that is what is reported.
async fn answered(cx: &Cx, code: Option<u16>, reason: &str) -> Result<(), Failure> {
    let behavior = Behavior::AnswerClose {
        code,
        reason: reason.into(),
    };
    let mut live = cx.open(behavior).await?;
    live.task.close(CloseFrame::new(4001, "mine")?).await?;
    let close = live.close().await?;
    ensure_eq!(close, own_close(code, reason), "close");
    live.peer_got_close(Some(4001), "mine").await?;
    Ok(())
}

async fn other_code(cx: Cx) -> Result<(), Failure> {
    answered(&cx, Some(4002), "theirs").await?;
    answered(&cx, Some(1001), "going away").await
}

async fn empty_answer(cx: Cx) -> Result<(), Failure> {
    answered(&cx, None, "").await
}

async fn no_answer(cx: Cx) -> Result<(), Failure> {
    let mut live = cx.open_unanswered(Duration::from_millis(100)).await?;
    live.echo("alive").await?;
    live.task.close(CloseFrame::new(4001, "anybody?")?).await?;
    let close = live.close().await?;
    ensure_eq!(
        close,
        requested(CloseEvent::abnormal(CloseCause::Timeout)),
        "close"
    );
    live.peer_got_close(Some(4001), "anybody?").await?;
    Ok(())
}

async fn tcp_ends(cx: Cx) -> Result<(), Failure> {
    for reset in [false, true] {
        let when = DropWhen::Close;
        let mut live = cx.open(Behavior::Drop { when, reset }).await?;
        live.task.close(CloseFrame::new(4001, "mine")?).await?;
        let close = live.close().await?;
        ensure_eq!(
            close,
            requested(CloseEvent::abnormal(CloseCause::Local)),
            "close"
        );
    }
    Ok(())
}

async fn late_messages(cx: Cx) -> Result<(), Failure> {
    let mut live = cx.open(Behavior::FloodOnClose { count: 10_000 }).await?;
    live.task.close(CloseFrame::new(4001, "enough")?).await?;
    let close = live.close().await?;
    ensure_eq!(close, own_close(Some(4001), "enough"), "close");
    Ok(())
}

async fn both(cx: Cx) -> Result<(), Failure> {
    let mut live = cx.open(Behavior::Echo).await?;
    live.peer
        .act(Action::Close {
            code: Some(4001),
            reason: "theirs".into(),
        })
        .await?;
    live.task.close(CloseFrame::new(4002, "mine")?).await?;
    let close = live.close().await?;
    // The peer's frame is reported either way; who was first depends on the moment it was read.
    let theirs = CloseEvent::clean(Some(4001), "theirs", CloseCause::Remote);
    let expected = [
        own_close(Some(4001), "theirs"),
        requested(theirs.clone()),
        theirs,
    ];
    ensure!(expected.contains(&close), "close {close:?}");
    // 4002: both were on their way. Otherwise ours was asked for after the answer.
    if live.peer.close_code().await? != Some(4002) {
        cx.close_answered(&live.peer, Some(4001), "theirs").await?;
    }
    Ok(())
}
