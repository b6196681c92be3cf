//! Send: refused unless the task is open.

use std::{sync::Arc, time::Duration};

use taro_socket_api::{ErrorKind, ReadyState, SendOption, SocketTask};

use crate::{Action, Behavior, Cx, Failure, Until, live::Brief, recorder::recorder};

const STATE: &str = "WHATWG WebSockets §3.1 send";
const SEND: &[&str] = &["SocketTask.send"];
const OPTION: &[&str] = &["SocketTask.send", "SendOption.fail", "SendOption.complete"];

cases! {
    "send/state/before-open", STATE, ConnectsAfterClose => before_open, SEND;
    "send/state/after-close-requested", STATE, HangsOnSilentPeer => closing, SEND;
    "send/state/after-close", STATE, NeverCloses => closed, SEND;
    "send/state/after-failure", STATE, ErrorWithoutClose => failed, SEND;
    "send/callbacks/fail", "Taro docs, SocketTask.send", NeverCloses => callbacks, OPTION;
}

async fn refuses(task: &Arc<dyn SocketTask>, state: ReadyState) -> Result<(), Failure> {
    ensure_eq!(task.ready_state(), state);
    for message in ["text", ""] {
        let error = match task.send(message).await {
            Ok(()) => return Err(Failure::new(format!("{message:?} was accepted in {state}"))),
            Err(error) => error,
        };
        ensure_eq!(error.kind(), ErrorKind::InvalidState, "kind of {error}");
        let text = error.err_msg();
        ensure!(
            text.starts_with("sendSocketMessage:fail "),
            "errMsg {text:?}"
        );
    }
    ensure_eq!(
        task.buffered_amount(),
        0,
        "bufferedAmount after refused sends"
    );
    Ok(())
}

async fn before_open(cx: Cx) -> Result<(), Failure> {
    let mut live = cx.dial(Behavior::Silent).await?;
    refuses(&live.task, ReadyState::Connecting).await?;
    live.task.close(Default::default()).await?;
    live.close().await?;
    cx.still_works().await
}

async fn closing(cx: Cx) -> Result<(), Failure> {
    let mut live = cx.open_unanswered(Duration::from_millis(200)).await?;
    let accepted = live.task.close(Default::default());
    refuses(&live.task, ReadyState::Closing).await?;
    accepted.await?;
    live.close().await?;
    let seen = live.peer.seen(Until::Closed).await?;
    ensure!(
        seen.messages.is_empty(),
        "messages at the peer: {}",
        Brief(&seen)
    );
    Ok(())
}

async fn closed(cx: Cx) -> Result<(), Failure> {
    let mut live = cx.open(Behavior::Echo).await?;
    live.finish().await?;
    refuses(&live.task, ReadyState::Closed).await?;
    let seen = live.peer.seen(Until::Ended).await?;
    ensure!(
        seen.messages.is_empty(),
        "messages at the peer: {}",
        Brief(&seen)
    );
    Ok(())
}

async fn failed(cx: Cx) -> Result<(), Failure> {
    let mut live = cx.open(Behavior::Echo).await?;
    live.peer.act(Action::Drop { reset: false }).await?;
    live.fails(ErrorKind::Transport).await?;
    refuses(&live.task, ReadyState::Closed).await
}

async fn callbacks(cx: Cx) -> Result<(), Failure> {
    let mut live = cx.open(Behavior::Echo).await?;
    live.finish().await?;
    let (pen, reader) = recorder();
    let (on_success, on_fail, on_complete) = (pen.clone(), pen.clone(), pen);
    let option = SendOption::new("too late")
        .success(move |told| on_success.write(("success", told.err_msg())))
        .fail(move |error| on_fail.write(("fail", error.err_msg())))
        .complete(move |told| on_complete.write(("complete", told.err_msg())));
    live.task.send_with(option);
    let calls = cx.soon("the send's report", reader.rest()).await?;
    let names: Vec<_> = calls.iter().map(|(name, _)| *name).collect();
    ensure_eq!(names, ["fail", "complete"], "callbacks");
    ensure_eq!(calls[0].1, calls[1].1, "errMsg of both");
    ensure!(
        calls[0].1.starts_with("sendSocketMessage:fail "),
        "errMsg {:?}",
        calls[0].1
    );
    Ok(())
}
