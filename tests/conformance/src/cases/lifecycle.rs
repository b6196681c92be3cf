//! Tasks that come, go and are forgotten.

use std::sync::Arc;

use taro_socket_api::{
    CloseCause, CloseEvent, CloseFrame, ConnectSocketOption, Message, SocketEvent,
};

use crate::{
    Action, Behavior, Cx, Failure, Until,
    live::{Live, peer_got_close, requested},
    recorder::{letters, record, recorder},
};

const TARO: &str = "taro-socket, SocketTask";
const TASK: &[&str] = &["connectSocket", "SocketTask.close"];
const DROP: &[&str] = &["SocketTask.close"];

cases! {
    "lifecycle/cycles", TARO, NeverCloses => cycles, TASK, deadline(60);
    "lifecycle/many-at-once", TARO, CrossesConnections => many, TASK, deadline(30);
    "lifecycle/reconnect-after-close", TARO, NeverCloses => reconnect, TASK;
    "lifecycle/reconnect-after-failure", TARO, HangsOnFailure => after_failure, TASK;
    "lifecycle/dropped/closes-with-1000", TARO, StaysOpenWhenDropped => dropped, DROP;
    "lifecycle/dropped/behind-pending-sends", TARO, DiscardsQueueOnClose => dropped_sends, DROP;
    "lifecycle/dropped/while-connecting", TARO, StaysOpenWhenDropped => dropped_connecting, DROP;
    "lifecycle/dropped/clone-keeps-it-open", TARO, LosesMessage => clone_keeps, DROP;
    "lifecycle/detached/stays-open", TARO, LosesMessage => detached, &["SocketTask.onMessage", "SocketTask.onClose"];
    "lifecycle/handlers/dropped-after-close", TARO, NeverCloses => handlers_dropped, &["SocketTask.onClose"];
    "lifecycle/handlers/task-freed-after-close", TARO, NeverCloses => task_freed, &["SocketTask.onClose"];
    "lifecycle/scripted-trace", TARO, SwapsMessages => trace, &["SocketTask.onOpen", "SocketTask.onMessage", "SocketTask.onClose"];
}

async fn cycles(cx: Cx) -> Result<(), Failure> {
    for round in 0..200 {
        let mut live = cx.open(Behavior::Echo).await?;
        live.echo(format!("round {round}")).await?;
        live.task.close(CloseFrame::default()).await?;
        ensure_eq!(
            live.close().await?.code,
            1000,
            "close code of round {round}"
        );
    }
    Ok(())
}

async fn many(cx: Cx) -> Result<(), Failure> {
    let mut all = Vec::new();
    for _ in 0..cx.sockets(20) {
        all.push(cx.open(Behavior::Echo).await?);
    }
    for (at, live) in all.iter().enumerate() {
        live.task.send(format!("to {at}")).await?;
    }
    for (at, live) in all.iter_mut().enumerate().rev() {
        ensure_eq!(live.message().await?, Message::from(format!("to {at}")));
    }
    for live in &mut all {
        live.finish().await?;
    }
    Ok(())
}

async fn reconnect(cx: Cx) -> Result<(), Failure> {
    let live = cx.open(Behavior::Echo).await?;
    live.task.close(CloseFrame::default()).await?;
    live.task.closed().await;
    let mut next = cx.dial_peer(live.peer.clone(), |option| option).await?;
    next.open().await?;
    next.echo("again").await?;
    next.finish().await
}

async fn after_failure(cx: Cx) -> Result<(), Failure> {
    for _ in 0..6 {
        let live = cx.dial(Behavior::WrongAccept).await?;
        ensure!(
            live.task.opened().await.is_err(),
            "opened on a wrong accept key"
        );
        live.task.closed().await;
    }
    cx.still_works().await
}

async fn dropped(cx: Cx) -> Result<(), Failure> {
    let mut live = cx.open(Behavior::Echo).await?;
    live.echo("alive").await?;
    let Live { task, peer, events } = live;
    drop(task);
    peer_got_close(&peer, Some(1000), "").await?;
    drop(events);
    Ok(())
}

async fn dropped_sends(cx: Cx) -> Result<(), Failure> {
    let Live { task, peer, .. } = cx.open(Behavior::Capture).await?;
    for at in 0..100_u8 {
        drop(task.send(vec![at; 10_000]));
    }
    drop(task);
    let seen = peer_got_close(&peer, Some(1000), "").await?;
    ensure_eq!(seen.messages.len(), 100, "messages at the peer");
    Ok(())
}

async fn dropped_connecting(cx: Cx) -> Result<(), Failure> {
    let peer = cx.peer(Behavior::Silent).await?;
    let task = cx.connect(ConnectSocketOption::new(peer.url())).await?;
    peer.seen(Until::Requested).await?;
    let mut events = task.events();
    drop(task);
    cx.never_opened(&peer).await?;
    match events.next().await {
        Some(SocketEvent::Close(close)) => {
            ensure_eq!(
                close,
                requested(CloseEvent::abnormal(CloseCause::Local)),
                "close"
            )
        }
        other => return Err(Failure::new(format!("got {other:?}, expected close"))),
    }
    Ok(())
}

async fn clone_keeps(cx: Cx) -> Result<(), Failure> {
    let mut live = cx.open(Behavior::Echo).await?;
    drop(Arc::clone(&live.task));
    live.echo("still held").await?;
    live.finish().await
}

async fn detached(cx: Cx) -> Result<(), Failure> {
    let Live { task, peer, events } = cx.open(Behavior::Capture).await?;
    drop(events);
    let mut handlers = record(&task);
    task.detach();
    ensure_eq!(letters(&[handlers.next().await?]), "o", "first event");
    for text in ["one", "two"] {
        peer.act(Action::Text { text: text.into() }).await?;
        ensure_eq!(
            letters(&[handlers.next().await?]),
            "m",
            "event after {text}"
        );
    }
    peer.act(Action::Close {
        code: Some(4001),
        reason: "bye".into(),
    })
    .await?;
    ensure_eq!(
        letters(&handlers.rest().await),
        "c",
        "events after the peer's close"
    );
    cx.close_answered(&peer, Some(4001), "bye").await
}

/// The recorder ends only when every handler is dropped.
async fn handlers_dropped(cx: Cx) -> Result<(), Failure> {
    let mut live = cx.open(Behavior::Echo).await?;
    let handlers = record(&live.task);
    live.finish().await?;
    let events = cx.soon("the end of the handlers", handlers.rest()).await?;
    ensure_eq!(letters(&events), "oc", "events of the handlers");
    Ok(())
}

/// A handler that holds its own task is a cycle until the close, and none after it.
async fn task_freed(cx: Cx) -> Result<(), Failure> {
    let mut live = cx.open(Behavior::Echo).await?;
    let (pen, reader) = recorder::<()>();
    let held = Arc::clone(&live.task);
    // Captures are dropped in the order of their use: once the pen is gone, so is the task.
    live.task.on_message(move |_| {
        let _ = held.ready_state();
        pen.write(());
    });
    let weak = Arc::downgrade(&live.task);
    live.finish().await?;
    drop(live);
    cx.soon("the end of the handler", reader.rest()).await?;
    ensure!(weak.upgrade().is_none(), "the task is still held");
    Ok(())
}

/// One script that every platform answers with the same events.
async fn trace(cx: Cx) -> Result<(), Failure> {
    let behavior = Behavior::Send {
        texts: vec!["a".into(), "b".into()],
        binaries: vec!["00ff".into()],
    };
    let live = cx.dial(behavior).await?;
    let mut handlers = record(&live.task);
    let mut trace = Vec::new();
    while trace.len() < 4 {
        trace.push(line(&handlers.next().await?));
    }
    for text in ["c", ""] {
        live.task.send(text).await?;
        trace.push(line(&handlers.next().await?));
    }
    live.peer
        .act(Action::Close {
            code: Some(4001),
            reason: "end".into(),
        })
        .await?;
    trace.extend(handlers.rest().await.iter().map(line));
    let close = live.task.closed().await;
    cx.closed_by_peer(&close, Some(4001), "end")?;
    let close = line(&SocketEvent::Close(close));
    let expected = [
        "open",
        "text a",
        "text b",
        "binary [0, 255]",
        "text c",
        "text ",
        close.as_str(),
    ];
    ensure_eq!(trace, expected, "trace");
    Ok(())
}

fn line(event: &SocketEvent) -> String {
    match event {
        SocketEvent::Open(_) => "open".into(),
        SocketEvent::Message(event) => match &event.data {
            Message::Text(text) => format!("text {text}"),
            Message::Binary(bytes) => format!("binary {:?}", &bytes[..]),
        },
        SocketEvent::Error(event) => format!("error {}", event.error.kind()),
        SocketEvent::Close(close) => {
            let CloseEvent {
                code,
                reason,
                was_clean,
                cause,
                ..
            } = close;
            format!("close {code} {reason} {was_clean} {cause:?}")
        }
    }
}
