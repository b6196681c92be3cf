//! Messages received: who is told, and when nobody listens yet.

use std::sync::Arc;

use taro_socket_api::{ConnectSocketOption, Message, MessageEvent, SocketEvent};

use crate::{
    Action, Behavior, Cx, Failure, Until,
    live::Live,
    recorder::{Recorder, letters, record, recorder},
};

const TARO: &str = "taro-socket, SocketTask";
const ON_MESSAGE: &[&str] = &["SocketTask.onMessage"];

cases! {
    "messages/early/with-the-handshake", "RFC 6455 §4.1", LosesEarlyMessage => early, ON_MESSAGE;
    "messages/early/buffered-for-a-handler", TARO, LosesEarlyMessage => buffered_handler, ON_MESSAGE;
    "messages/early/buffered-for-a-stream", TARO, LosesEarlyMessage => buffered_stream, ON_MESSAGE;
    "messages/early/buffered-past-the-close", TARO, LosesEarlyMessage => past_close, &["SocketTask.onMessage", "SocketTask.onClose"];
    "messages/handler/replaced", TARO, LosesMessage => replaced, ON_MESSAGE;
    "messages/handler/replaced-within-itself", TARO, SwapsMessages => within, ON_MESSAGE;
    "messages/streams/each-gets-all", TARO, DuplicatesMessage => streams, ON_MESSAGE;
    "messages/stream-and-handler", TARO, LosesMessage => both, ON_MESSAGE;
    "messages/isolation", "RFC 6455 §1.1", CrossesConnections => isolation, ON_MESSAGE;
}

/// The next event of the handlers is this message.
async fn told(handlers: &mut Recorder<SocketEvent>, text: &str) -> Result<(), Failure> {
    match handlers.next().await? {
        SocketEvent::Message(event) => ensure_eq!(event.data, Message::from(text)),
        other => return Err(Failure::new(format!("got {other:?}, expected {text:?}"))),
    }
    Ok(())
}

async fn early(cx: Cx) -> Result<(), Failure> {
    let mut live = cx
        .dial(Behavior::Early {
            text: "at once".into(),
        })
        .await?;
    live.open().await?;
    ensure_eq!(live.message().await?, Message::from("at once"));
    live.echo("and later").await?;
    live.finish().await
}

/// A task that has received three messages which nobody has consumed; the pong tells that they have arrived.
async fn unread(cx: &Cx) -> Result<Live, Failure> {
    let Live { task, peer, events } = cx.open(Behavior::Echo).await?;
    // A stream counts as a consumer: this one ends before the messages come.
    drop(events);
    for text in ["one", "two", "three"] {
        peer.act(Action::Text { text: text.into() }).await?;
    }
    peer.act(Action::Ping {
        payload: "arrived".into(),
    })
    .await?;
    peer.seen(Until::Pongs(1)).await?;
    Ok(Live::new(task, peer))
}

async fn buffered_stream(cx: Cx) -> Result<(), Failure> {
    let mut live = unread(&cx).await?;
    live.open().await?;
    for text in ["one", "two", "three"] {
        ensure_eq!(live.message().await?, Message::from(text));
    }
    live.echo("and the next").await?;
    live.finish().await
}

async fn buffered_handler(cx: Cx) -> Result<(), Failure> {
    let peer = cx
        .peer(Behavior::Send {
            texts: vec!["one".into(), "two".into()],
            binaries: vec![],
        })
        .await?;
    let option = ConnectSocketOption::new(peer.url());
    let task = cx.connect(option).await?;
    task.opened().await?;
    peer.act(Action::Ping {
        payload: String::new(),
    })
    .await?;
    peer.seen(Until::Pongs(1)).await?;
    let mut handlers = record(&task);
    ensure_eq!(letters(&[handlers.next().await?]), "o", "first event");
    told(&mut handlers, "one").await?;
    told(&mut handlers, "two").await?;
    task.send("three").await?;
    told(&mut handlers, "three").await?;
    task.close(Default::default()).await?;
    task.closed().await;
    ensure_eq!(
        letters(&handlers.rest().await),
        "c",
        "events after the messages"
    );
    Ok(())
}

async fn past_close(cx: Cx) -> Result<(), Failure> {
    let peer = cx
        .peer(Behavior::Early {
            text: "last words".into(),
        })
        .await?;
    let option = ConnectSocketOption::new(peer.url());
    let task = cx.connect(option).await?;
    task.opened().await?;
    peer.act(Action::Close {
        code: Some(4001),
        reason: "bye".into(),
    })
    .await?;
    let told = task.closed().await;
    cx.closed_by_peer(&told, Some(4001), "bye")?;
    let mut live = Live::new(task, peer);
    live.open().await?;
    ensure_eq!(live.message().await?, Message::from("last words"));
    ensure_eq!(live.close().await?, told, "close of the stream");
    Ok(())
}

async fn replaced(cx: Cx) -> Result<(), Failure> {
    let mut live = cx.open(Behavior::Echo).await?;
    let (first, mut reader) = recorder();
    let second = first.clone();
    live.task
        .on_message(move |event| first.write(("first", event.data)));
    live.echo("one").await?;
    ensure_eq!(reader.next().await?, ("first", Message::from("one")));
    live.task
        .on_message(move |event| second.write(("second", event.data)));
    live.echo("two").await?;
    ensure_eq!(reader.next().await?, ("second", Message::from("two")));
    live.finish().await?;
    ensure_eq!(reader.rest().await, [], "calls of the handlers left");
    Ok(())
}

async fn within(cx: Cx) -> Result<(), Failure> {
    let mut live = cx.open(Behavior::Capture).await?;
    let (pen, mut reader) = recorder();
    let weak = Arc::downgrade(&live.task);
    let (first, second) = (pen.clone(), pen);
    let mut successor = Some(move |event: MessageEvent| second.write(("second", event.data)));
    live.task.on_message(move |event| {
        first.write(("first", event.data));
        if let (Some(task), Some(next)) = (weak.upgrade(), successor.take()) {
            task.on_message(next);
        }
    });
    for text in ["one", "two", "three"] {
        live.peer.act(Action::Text { text: text.into() }).await?;
    }
    for (who, text) in [("first", "one"), ("second", "two"), ("second", "three")] {
        ensure_eq!(reader.next().await?, (who, Message::from(text)));
        ensure_eq!(live.message().await?, Message::from(text));
    }
    live.finish().await
}

async fn streams(cx: Cx) -> Result<(), Failure> {
    let mut live = cx.open(Behavior::Echo).await?;
    let mut other = Live::new(Arc::clone(&live.task), live.peer.clone());
    other.open().await?;
    for text in ["one", "two"] {
        live.echo(text).await?;
        ensure_eq!(other.message().await?, Message::from(text));
    }
    live.finish().await?;
    ensure_eq!(
        other.close().await?.code,
        1000,
        "close code of the other stream"
    );
    Ok(())
}

async fn both(cx: Cx) -> Result<(), Failure> {
    let mut live = cx.open(Behavior::Echo).await?;
    let mut handlers = record(&live.task);
    ensure_eq!(letters(&[handlers.next().await?]), "o", "first event");
    for text in ["one", "two"] {
        live.echo(text).await?;
        told(&mut handlers, text).await?;
    }
    live.finish().await
}

async fn isolation(cx: Cx) -> Result<(), Failure> {
    let mut first = cx.open(Behavior::Echo).await?;
    let mut second = cx.open(Behavior::Echo).await?;
    for round in 0..10 {
        first.task.send(format!("first {round}")).await?;
        second.task.send(format!("second {round}")).await?;
        ensure_eq!(
            second.message().await?,
            Message::from(format!("second {round}"))
        );
        ensure_eq!(
            first.message().await?,
            Message::from(format!("first {round}"))
        );
    }
    first.finish().await?;
    second.echo("still there").await?;
    second.finish().await
}
