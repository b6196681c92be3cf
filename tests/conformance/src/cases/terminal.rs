//! The end that comes from the peer.

use std::sync::Arc;

use taro_socket_api::{CloseCause, CloseEvent, ErrorKind, Message, ReadyState, SocketEvent};

use crate::{
    Action, Behavior, Case, Cx, DropWhen, Failure, Fault, Until, frames,
    recorder::{letters, record, recorder},
};

const RFC: &str = "RFC 6455 §7.1.5";
const WHATWG: &str = "WHATWG WebSockets §4";
const ON_CLOSE: &[&str] = &["SocketTask.onClose"];
const BOTH: &[&str] = &["SocketTask.onError", "SocketTask.onClose"];

pub(super) const CASES: &[Case] = &[
    Case::new("close/remote/code", RFC, Fault::Reports1006, run!(codes)).covers(ON_CLOSE),
    Case::new("close/remote/reason", "RFC 6455 §7.1.6", Fault::HidesCloseReason, run!(codes)).covers(ON_CLOSE),
    Case::new("close/remote/cause", "taro-socket, CloseCause", Fault::CauseAlwaysLocal, run!(codes)).covers(ON_CLOSE),
    Case::new("close/remote/is-answered", "RFC 6455 §5.5.1", Fault::IgnoresPeerClose, run!(answered)).covers(ON_CLOSE),
    Case::new("close/remote/no-status-is-1005", RFC, Fault::Reports1006, run!(no_status)).covers(ON_CLOSE),
    Case::new("close/remote/longest-reason", "RFC 6455 §5.5", Fault::HidesCloseReason, run!(longest)).covers(ON_CLOSE),
    Case::new("close/remote/at-open", RFC, Fault::IgnoresPeerClose, run!(at_open)).covers(&["SocketTask.onClose", "SocketTask.onOpen"]),
    Case::new("close/remote/behind-messages", "RFC 6455 §5.5.1", Fault::LosesMessage, run!(behind_messages)).covers(&["SocketTask.onClose", "SocketTask.onMessage"]),
    Case::new("close/remote/nothing-after-it", "RFC 6455 §5.5.1", Fault::NeverCloses, run!(nothing_after)).covers(&["SocketTask.onClose", "SocketTask.onMessage"]),
    Case::new("terminal/drop/error", WHATWG, Fault::FailsSilently, run!(drops, false)).covers(BOTH),
    Case::new("terminal/drop/reset", WHATWG, Fault::WrongErrorKind, run!(drops, true)).covers(BOTH),
    Case::new("terminal/drop/close", WHATWG, Fault::ErrorWithoutClose, run!(drops, false)).covers(BOTH),
    Case::new("terminal/drop/not-clean", "RFC 6455 §7.1.4", Fault::AlwaysClean, run!(drops, false)).covers(BOTH),
    Case::new("terminal/drop/cause", "taro-socket, CloseCause", Fault::CauseAlwaysLocal, run!(drops, false)).covers(BOTH),
    Case::new("terminal/drop/right-after-open", WHATWG, Fault::FailsSilently, run!(after_open)).covers(BOTH),
    Case::new("terminal/once/after-close", WHATWG, Fault::NeverCloses, run!(once_closed)).covers(BOTH),
    Case::new("terminal/once/after-failure", WHATWG, Fault::FailsSilently, run!(once_failed)).covers(BOTH),
    Case::new("terminal/late-handlers-are-told", "taro-socket, SocketTask", Fault::FailsSilently, run!(late)).covers(BOTH),
    Case::new("terminal/late-stream", "taro-socket, SocketTask", Fault::Reports1006, run!(late_stream)).covers(ON_CLOSE),
    Case::new("terminal/replaced-handler-is-told", "taro-socket, SocketTask", Fault::Reports1006, run!(replaced)).covers(ON_CLOSE),
    Case::new("terminal/ready-state-in-handlers", WHATWG, Fault::FailsSilently, run!(ready_state)).covers(&["SocketTask.readyState", "SocketTask.onError", "SocketTask.onClose"]),
];

fn closes(code: Option<u16>, reason: &str) -> Behavior {
    Behavior::Close { code, reason: reason.into(), after: 1 }
}

/// The peer closes with this; it is reported and answered as it is.
async fn closed_by_peer(cx: &Cx, code: Option<u16>, reason: &str) -> Result<(), Failure> {
    let mut live = cx.open(closes(code, reason)).await?;
    live.task.send("close now").await?;
    let close = live.close().await?;
    ensure_eq!(close, CloseEvent::clean(code, reason, CloseCause::Remote), "close");
    let seen = live.peer.seen(Until::Closed).await?;
    let answer = seen.close.map(|close| close.code);
    ensure_eq!(answer, Some(code), "code of the answer");
    Ok(())
}

async fn codes(cx: Cx) -> Result<(), Failure> {
    for code in [4001, 1000, 1001, 1003, 1008, 1011, 1012, 3000, 4999] {
        closed_by_peer(&cx, Some(code), "bye 汉").await?;
        closed_by_peer(&cx, Some(code), "").await?;
    }
    Ok(())
}

async fn answered(cx: Cx) -> Result<(), Failure> {
    let mut live = cx.open(Behavior::Echo).await?;
    live.peer.act(Action::Close { code: Some(4001), reason: "bye".into() }).await?;
    live.peer_got_close(Some(4001), "bye").await?;
    let close = live.close().await?;
    ensure_eq!(close, CloseEvent::clean(Some(4001), "bye", CloseCause::Remote), "close");
    Ok(())
}

async fn no_status(cx: Cx) -> Result<(), Failure> {
    closed_by_peer(&cx, None, "").await
}

async fn longest(cx: Cx) -> Result<(), Failure> {
    closed_by_peer(&cx, Some(4000), &"r".repeat(123)).await?;
    closed_by_peer(&cx, Some(4000), &"汉".repeat(41)).await
}

async fn at_open(cx: Cx) -> Result<(), Failure> {
    let behavior = Behavior::Close { code: Some(1013), reason: "full".into(), after: 0 };
    let mut live = cx.dial(behavior).await?;
    live.open().await?;
    let close = live.close().await?;
    ensure_eq!(close, CloseEvent::clean(Some(1013), "full", CloseCause::Remote), "close");
    Ok(())
}

async fn behind_messages(cx: Cx) -> Result<(), Failure> {
    let texts: String = ["one", "two"].map(|text| frames::frame(frames::TEXT, text.as_bytes())).concat();
    let mut live = cx.open(frames::writes(texts + &frames::close(4001, b"bye"))).await?;
    ensure_eq!(live.message().await?, Message::from("one"));
    ensure_eq!(live.message().await?, Message::from("two"));
    ensure_eq!(live.close().await?.code, 4001, "close code");
    Ok(())
}

async fn nothing_after(cx: Cx) -> Result<(), Failure> {
    let hex = frames::close(4001, b"bye")
        + &frames::frame(frames::TEXT, b"late")
        + &frames::close(4002, b"again");
    let mut live = cx.open(frames::writes(hex)).await?;
    let close = live.close().await?;
    ensure_eq!(close, CloseEvent::clean(Some(4001), "bye", CloseCause::Remote), "close");
    Ok(())
}

async fn drops(cx: Cx, reset: bool) -> Result<(), Failure> {
    let mut live = cx.open(Behavior::Echo).await?;
    live.echo("alive").await?;
    live.peer.act(Action::Drop { reset }).await?;
    live.fails(ErrorKind::Transport).await?;
    Ok(())
}

async fn after_open(cx: Cx) -> Result<(), Failure> {
    let when = DropWhen::Open;
    let mut live = cx.dial(Behavior::Drop { when, reset: false }).await?;
    live.open().await?;
    live.fails(ErrorKind::Transport).await?;
    Ok(())
}

async fn once_closed(cx: Cx) -> Result<(), Failure> {
    let mut live = cx.open(closes(Some(4001), "bye")).await?;
    let handlers = record(&live.task);
    live.task.send("close now").await?;
    live.close().await?;
    ensure_eq!(letters(&handlers.rest().await), "oc", "events of the handlers");
    Ok(())
}

async fn once_failed(cx: Cx) -> Result<(), Failure> {
    let mut live = cx.open(Behavior::Echo).await?;
    let handlers = record(&live.task);
    live.echo("alive").await?;
    live.peer.act(Action::Drop { reset: false }).await?;
    live.fails(ErrorKind::Transport).await?;
    let events = handlers.rest().await;
    ensure_eq!(letters(&events), "omec", "events of the handlers");
    if let Some(SocketEvent::Error(event)) = events.get(2) {
        ensure!(!event.err_msg().is_empty(), "errMsg is empty");
    }
    Ok(())
}

async fn late(cx: Cx) -> Result<(), Failure> {
    let mut live = cx.open(Behavior::Echo).await?;
    live.peer.act(Action::Drop { reset: false }).await?;
    live.fails(ErrorKind::Transport).await?;
    for _ in 0..2 {
        let handlers = record(&live.task);
        ensure_eq!(letters(&handlers.rest().await), "oec", "events of late handlers");
    }
    Ok(())
}

async fn late_stream(cx: Cx) -> Result<(), Failure> {
    let mut live = cx.open(closes(Some(4001), "bye")).await?;
    live.task.send("close now").await?;
    let close = live.close().await?;
    live.events = live.task.events();
    live.open().await?;
    ensure_eq!(live.close().await?, close, "close of a stream taken late");
    ensure_eq!(close.code, 4001, "close code");
    Ok(())
}

async fn replaced(cx: Cx) -> Result<(), Failure> {
    let mut live = cx.open(closes(Some(4001), "bye")).await?;
    live.task.send("close now").await?;
    live.close().await?;
    for who in ["first", "second"] {
        let (pen, mut reader) = recorder();
        live.task.on_close(move |event| pen.write((who, event.code)));
        ensure_eq!(reader.next().await?, (who, 4001));
    }
    Ok(())
}

async fn ready_state(cx: Cx) -> Result<(), Failure> {
    let mut live = cx.open(Behavior::Echo).await?;
    let (pen, reader) = recorder();
    let (error, close) = (pen.clone(), pen);
    let weak = Arc::downgrade(&live.task);
    let state = move || weak.upgrade().map(|task| task.ready_state());
    let again = state.clone();
    live.task.on_error(move |_| error.write(("error", state())));
    live.task.on_close(move |_| close.write(("close", again())));
    live.peer.act(Action::Drop { reset: false }).await?;
    live.fails(ErrorKind::Transport).await?;
    let closed = Some(ReadyState::Closed);
    ensure_eq!(reader.rest().await, [("error", closed), ("close", closed)], "states in handlers");
    Ok(())
}
