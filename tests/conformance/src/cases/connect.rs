//! What `connect_socket` itself tells.

use std::time::Duration;

use futures::FutureExt;
use taro_socket_api::{
    BoxFuture, CloseFrame, ConnectSocketOption, ErrorKind, ReadyState, SocketTask,
};

use crate::{Behavior, Cx, Failure, Until, live::Live, recorder::recorder};

const TARO: &str = "Taro docs, connectSocket";

const CONSTANTS: &[&str] = &[
    "SocketTask.readyState",
    "SocketTask.CONNECTING",
    "SocketTask.OPEN",
    "SocketTask.CLOSING",
    "SocketTask.CLOSED",
];

cases! {
    "connect/callbacks/success", TARO, NeverOpens => success, &["connectSocket", "ConnectSocketOption.success", "ConnectSocketOption.complete"];
    "connect/callbacks/fail", TARO, SkipsArgumentCheck => fail, &["connectSocket", "ConnectSocketOption.fail", "ConnectSocketOption.complete"];
    "connect/callbacks/success-before-the-outcome", TARO, ConnectsAfterClose => before_outcome, &["connectSocket", "ConnectSocketOption.success"];
    "connect/task/id", TARO, CrossesConnections => ids, &["SocketTask.socketTaskId"];
    "connect/task/constants", "WHATWG WebSockets §3.1 readyState", HangsOnSilentPeer => constants, CONSTANTS;
    "connect/task/err-msg", TARO, NeverOpens => err_msg, &["SocketTask.errMsg"];
    "connect/dials-once", "RFC 6455 §4.1", DialsTwice => dials_once, &["connectSocket"];
    "connect/within-a-handler", "taro-socket, connect_socket", CrossesConnections => within_handler, &["connectSocket", "SocketTask.onMessage"];
    "connect/future-dropped-unpolled", "taro-socket, connect_socket", LosesMessage => dropped, &["connectSocket"];
}

async fn success(cx: Cx) -> Result<(), Failure> {
    let (pen, reader) = recorder();
    let (on_success, on_fail, on_complete) = (pen.clone(), pen.clone(), pen);
    let mut live = cx
        .dial_with(Behavior::Echo, |option| {
            option
                .success(move |told| {
                    on_success.write(("success", told.err_msg(), told.socket_task_id()))
                })
                .fail(move |error| on_fail.write(("fail", error.err_msg(), None)))
                .complete(move |told| {
                    on_complete.write(("complete", told.err_msg(), told.socket_task_id()))
                })
        })
        .await?;
    let id = Some(live.task.socket_task_id());
    let told = |name| (name, "connectSocket:ok".to_owned(), id);
    ensure_eq!(
        reader.rest().await,
        [told("success"), told("complete")],
        "callbacks"
    );
    live.open().await?;
    live.finish().await
}

/// The state passes through Taro's four numbers, in order.
async fn constants(cx: Cx) -> Result<(), Failure> {
    type Task = dyn SocketTask;
    let numbers = [Task::CONNECTING, Task::OPEN, Task::CLOSING, Task::CLOSED].map(ReadyState::code);
    ensure_eq!(numbers, [0, 1, 2, 3], "the constants");
    let mut live = cx.open_unanswered(Duration::from_millis(100)).await?;
    ensure_eq!(live.task.ready_state(), Task::OPEN, "state after open");
    live.task.close(CloseFrame::default()).await?;
    ensure_eq!(
        live.task.ready_state(),
        Task::CLOSING,
        "state until the end"
    );
    live.close().await?;
    ensure_eq!(live.task.ready_state(), Task::CLOSED, "state after the end");
    let silent = cx.dial(Behavior::Silent).await?;
    ensure_eq!(
        silent.task.ready_state(),
        Task::CONNECTING,
        "state before the answer"
    );
    Ok(())
}

async fn fail(cx: Cx) -> Result<(), Failure> {
    let peer = cx.peer(Behavior::Echo).await?;
    let (pen, reader) = recorder();
    let (on_success, on_fail, on_complete) = (pen.clone(), pen.clone(), pen);
    let option = ConnectSocketOption::new(format!("{}#part", peer.url()))
        .success(move |told| on_success.write(("success", told.err_msg())))
        .fail(move |error| on_fail.write(("fail", error.err_msg())))
        .complete(move |told| on_complete.write(("complete", told.err_msg())));
    let error = cx
        .refuses(&peer, option, ErrorKind::InvalidArgument)
        .await?;
    let told = |name| (name, error.err_msg());
    ensure_eq!(
        reader.rest().await,
        [told("fail"), told("complete")],
        "callbacks"
    );
    cx.still_works().await
}

/// Success means that the task exists, not that anybody answered.
async fn before_outcome(cx: Cx) -> Result<(), Failure> {
    let (pen, reader) = recorder();
    let mut live = cx
        .dial_with(Behavior::Silent, |option| {
            option.success(move |told| pen.write(told.err_msg()))
        })
        .await?;
    ensure_eq!(reader.rest().await, ["connectSocket:ok"], "success");
    ensure_eq!(live.task.ready_state(), ReadyState::Connecting);
    drop(live.task.close(Default::default()));
    live.close().await?;
    cx.still_works().await
}

async fn ids(cx: Cx) -> Result<(), Failure> {
    let mut first = cx.open(Behavior::Echo).await?;
    let mut second = cx.open(Behavior::Echo).await?;
    let (one, two) = (first.task.socket_task_id(), second.task.socket_task_id());
    ensure!(one < two, "ids {one} and {two} do not increase");
    first.echo("of the first").await?;
    second.echo("of the second").await?;
    ensure_eq!(first.task.socket_task_id(), one);
    first.finish().await?;
    second.finish().await
}

async fn err_msg(cx: Cx) -> Result<(), Failure> {
    let mut live = cx.dial(Behavior::Echo).await?;
    ensure_eq!(live.task.err_msg(), "connectSocket:ok");
    live.open().await?;
    live.finish().await
}

async fn dials_once(cx: Cx) -> Result<(), Failure> {
    let mut live = cx.open(Behavior::Echo).await?;
    live.finish().await?;
    let seen = live.peer.seen(Until::Ended).await?;
    ensure_eq!(seen.requests.len(), 1, "handshakes seen");
    Ok(())
}

/// A handler of one task begins to connect another; the future is finished elsewhere if it has to wait.
async fn within_handler(cx: Cx) -> Result<(), Failure> {
    let mut first = cx.open(Behavior::Echo).await?;
    let peer = cx.peer(Behavior::Echo).await?;
    let (pen, mut reader) = recorder();
    let (inner, url) = (cx.clone(), peer.url().to_owned());
    first.task.on_message(move |_| {
        let (cx, option) = (inner.clone(), ConnectSocketOption::new(url.as_str()));
        let mut connecting: BoxFuture<'static, _> =
            Box::pin(async move { cx.connect(option).await });
        let begun = (&mut connecting).now_or_never();
        pen.write((begun, connecting));
    });
    first.echo("connect the other").await?;
    let task = match reader.next().await? {
        (Some(connected), _) => connected?,
        (None, connecting) => connecting.await?,
    };
    first.task.on_message(|_| {});
    let mut second = Live::new(task, peer);
    second.open().await?;
    second.echo("to the second").await?;
    first.echo("to the first").await?;
    second.finish().await?;
    first.finish().await
}

async fn dropped(cx: Cx) -> Result<(), Failure> {
    let peer = cx.peer(Behavior::Echo).await?;
    drop(cx.connect(ConnectSocketOption::new(peer.url())));
    cx.still_works().await?;
    ensure!(
        peer.seen(Until::Now).await?.requests.is_empty(),
        "the peer was dialled"
    );
    Ok(())
}
