//! The end that comes from the peer.

use std::sync::Arc;

use taro_socket_api::{Capability, ErrorKind, Message, ReadyState, SocketEvent};

use crate::{
    Action, Behavior, Cx, DropWhen, Failure, frames,
    recorder::{letters, record, recorder},
};

const RFC: &str = "RFC 6455 §7.1.5";
const WHATWG: &str = "WHATWG WebSockets §4";
const ON_CLOSE: &[&str] = &["SocketTask.onClose"];
const END: &[&str] = &[
    "SocketTask.onClose",
    "OnCloseCallbackResult.code",
    "OnCloseCallbackResult.reason",
];
const FAILURE: &[&str] = &[
    "SocketTask.onError",
    "SocketTask.onClose",
    "OnErrorCallbackResult.errMsg",
    "OnCloseCallbackResult.code",
];
const TOLD: &[Capability] = &[Capability::CloseStatus];
const BOTH: &[&str] = &["SocketTask.onError", "SocketTask.onClose"];

cases! {
    "close/remote/code", RFC, Reports1006 => codes, END, requires(TOLD);
    "close/remote/reason", "RFC 6455 §7.1.6", HidesCloseReason => codes, END, requires(TOLD);
    "close/remote/cause", "taro-socket, CloseCause", CauseAlwaysLocal => codes, END;
    "close/remote/is-answered", "RFC 6455 §5.5.1", IgnoresPeerClose => answered, ON_CLOSE;
    "close/remote/no-status-is-1005", RFC, Reports1006 => no_status, END;
    "close/remote/longest-reason", "RFC 6455 §5.5", HidesCloseReason => longest, END, requires(TOLD);
    "close/remote/at-open", RFC, IgnoresPeerClose => at_open, &["SocketTask.onClose", "SocketTask.onOpen"];
    "close/remote/behind-messages", "RFC 6455 §5.5.1", LosesMessage => behind_messages, &["SocketTask.onClose", "SocketTask.onMessage"];
    "close/remote/nothing-after-it", "RFC 6455 §5.5.1", NeverCloses => nothing_after, &["SocketTask.onClose", "SocketTask.onMessage"];
    "terminal/drop/error", WHATWG, FailsSilently => drops(false), FAILURE;
    "terminal/drop/reset", WHATWG, WrongErrorKind => drops(true), FAILURE;
    "terminal/drop/close", WHATWG, ErrorWithoutClose => drops(false), FAILURE;
    "terminal/drop/not-clean", "RFC 6455 §7.1.4", AlwaysClean => drops(false), FAILURE;
    "terminal/drop/cause", "taro-socket, CloseCause", CauseAlwaysLocal => drops(false), FAILURE;
    "terminal/drop/right-after-open", WHATWG, FailsSilently => after_open, BOTH;
    "terminal/once/after-close", WHATWG, NeverCloses => once_closed, BOTH;
    "terminal/once/after-failure", WHATWG, FailsSilently => once_failed, BOTH;
    "terminal/late-handlers-are-told", "taro-socket, SocketTask", FailsSilently => late, BOTH;
    "terminal/late-stream", "taro-socket, SocketTask", Reports1006 => late_stream, END;
    "terminal/replaced-handler-is-told", "taro-socket, SocketTask", Reports1006 => replaced, END;
    "terminal/ready-state-in-handlers", WHATWG, FailsSilently => ready_state, &["SocketTask.readyState", "SocketTask.onError", "SocketTask.onClose"];
}

fn closes(code: Option<u16>, reason: &str) -> Behavior {
    Behavior::Close {
        code,
        reason: reason.into(),
        after: 1,
    }
}

/// The peer closes with this; it is reported and answered as it is.
async fn closed_by_peer(cx: &Cx, code: Option<u16>, reason: &str) -> Result<(), Failure> {
    let mut live = cx.open(closes(code, reason)).await?;
    live.task.send("close now").await?;
    let close = live.close().await?;
    cx.closed_by_peer(&close, code, reason)?;
    cx.close_answered(&live.peer, code, reason).await
}

async fn codes(cx: Cx) -> Result<(), Failure> {
    for code in [4001, 1000, 1001, 1003, 1008, 1011, 1012, 3000, 4999] {
        // Registered after RFC 6455: a host that judges by itself may not know it.
        if code == 1012 && !cx.declares(Capability::PeerErrorCodes) {
            continue;
        }
        closed_by_peer(&cx, Some(code), "bye 汉").await?;
        closed_by_peer(&cx, Some(code), "").await?;
    }
    Ok(())
}

async fn answered(cx: Cx) -> Result<(), Failure> {
    let mut live = cx.open(Behavior::Echo).await?;
    live.peer
        .act(Action::Close {
            code: Some(4001),
            reason: "bye".into(),
        })
        .await?;
    cx.close_answered(&live.peer, Some(4001), "bye").await?;
    let close = live.close().await?;
    cx.closed_by_peer(&close, Some(4001), "bye")?;
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
    let behavior = Behavior::Close {
        code: Some(1011),
        reason: "full".into(),
        after: 0,
    };
    let mut live = cx.dial(behavior).await?;
    live.open().await?;
    let close = live.close().await?;
    cx.closed_by_peer(&close, Some(1011), "full")?;
    Ok(())
}

async fn behind_messages(cx: Cx) -> Result<(), Failure> {
    let texts: String = ["one", "two"]
        .map(|text| frames::frame(frames::TEXT, text.as_bytes()))
        .concat();
    let mut live = cx
        .open(frames::writes(texts + &frames::close(4001, b"bye")))
        .await?;
    ensure_eq!(live.message().await?, Message::from("one"));
    ensure_eq!(live.message().await?, Message::from("two"));
    let close = live.close().await?;
    cx.closed_by_peer(&close, Some(4001), "bye")?;
    Ok(())
}

async fn nothing_after(cx: Cx) -> Result<(), Failure> {
    let hex = frames::close(4001, b"bye")
        + &frames::frame(frames::TEXT, b"late")
        + &frames::close(4002, b"again");
    let mut live = cx.open(frames::answers(hex)).await?;
    drop(live.task.send("go on"));
    if !cx.declares(Capability::PeerErrorCodes) && live.task.closed().await.code == 1006 {
        // A host that judges by itself may take what follows for a breach.
        live.fails(ErrorKind::Transport).await?;
        return Ok(());
    }
    let close = live.close().await?;
    cx.closed_by_peer(&close, Some(4001), "bye")?;
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
    if !cx.declares(Capability::PeerErrorCodes) && live.task.opened().await.is_err() {
        // A host that judges by itself may see the end before it tells of the opening.
        live.fails(ErrorKind::Unknown).await?;
        return Ok(());
    }
    live.open().await?;
    live.fails(ErrorKind::Transport).await?;
    Ok(())
}

async fn once_closed(cx: Cx) -> Result<(), Failure> {
    let mut live = cx.open(closes(Some(4001), "bye")).await?;
    let handlers = record(&live.task);
    live.task.send("close now").await?;
    live.close().await?;
    ensure_eq!(
        letters(&handlers.rest().await),
        "oc",
        "events of the handlers"
    );
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
        ensure_eq!(
            letters(&handlers.rest().await),
            "oec",
            "events of late handlers"
        );
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
    cx.closed_by_peer(&close, Some(4001), "bye")?;
    Ok(())
}

async fn replaced(cx: Cx) -> Result<(), Failure> {
    let mut live = cx.open(closes(Some(4001), "bye")).await?;
    live.task.send("close now").await?;
    let close = live.close().await?;
    cx.closed_by_peer(&close, Some(4001), "bye")?;
    for who in ["first", "second"] {
        let (pen, mut reader) = recorder();
        live.task
            .on_close(move |event| pen.write((who, event.code)));
        ensure_eq!(reader.next().await?, (who, close.code));
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
    ensure_eq!(
        reader.rest().await,
        [("error", closed), ("close", closed)],
        "states in handlers"
    );
    Ok(())
}
