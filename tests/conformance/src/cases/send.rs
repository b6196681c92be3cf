//! Send: what reaches the peer.

use std::sync::Arc;

use taro_socket_api::{ByteString, Bytes, Message, SendOption};
use taro_socket_test_protocol::MessageSeen;

use crate::{
    Action, Behavior, Cx, Failure, Observation, Target, Until, live::Live, recorder::recorder,
};

const RFC: &str = "RFC 6455 §6.1";
const SEND: &[&str] = &["SocketTask.send"];
const OPTION: &[&str] = &[
    "SocketTask.send",
    "SendOption.data",
    "SendOption.success",
    "SendOption.fail",
    "SendOption.complete",
];

cases! {
    "send/kinds", RFC, LosesSend => kinds, &["SocketTask.send", "SendOption.data"];
    "send/masked", "RFC 6455 §5.3", LosesSend => masked, SEND;
    "send/order/text-and-binary", RFC, ReordersSends => order, SEND;
    "send/order/10000", RFC, ReordersSends => many, SEND, deadline(30);
    "send/order/future-and-callback", RFC, ReordersSends => mixed, OPTION;
    "send/within-on-open", "taro-socket, SocketTask", LosesSend => within_open, &["SocketTask.send", "SocketTask.onOpen"];
    "send/within-on-message", "taro-socket, SocketTask", ReordersSends => within_message, &["SocketTask.send", "SocketTask.onMessage"];
    "send/callbacks/success", "Taro docs, SocketTask.send", SendNeverCompletes => success, OPTION;
    "send/callbacks/not-fail", "Taro docs, SocketTask.send", SendAlwaysFails => success, OPTION;
    "send/future/resolves", "taro-socket, SocketTask", SendAlwaysFails => resolves, SEND;
    "send/future/dropped-is-sent", "taro-socket, SocketTask", LosesSend => dropped, SEND;
    "send/large", "RFC 6455 §5.2", LosesSend => large, SEND, deadline(60);
    "send/over-tls", "RFC 6455 §6.1", ReordersSends => tls, SEND;
}

/// The peer received exactly these messages.
fn received(seen: &Observation, expected: &[MessageSeen]) -> Result<(), Failure> {
    ensure_eq!(
        seen.messages.len(),
        expected.len(),
        "number of messages at the peer"
    );
    let mut pairs = seen.messages.iter().zip(expected).enumerate();
    match pairs.find(|(_, (seen, expected))| seen != expected) {
        Some((at, (seen, expected))) => Err(Failure::new(format!(
            "message {at} is {seen:?}, expected {expected:?}"
        ))),
        None => Ok(()),
    }
}

/// Finishes, so that nothing can follow, and compares what the peer received.
async fn finish(mut live: Live, expected: &[MessageSeen]) -> Result<(), Failure> {
    live.finish().await?;
    received(&live.peer.seen(Until::Closed).await?, expected)
}

async fn kinds(cx: Cx) -> Result<(), Failure> {
    let live = cx.open(Behavior::Capture).await?;
    live.task.send("汉 &str").await?;
    live.task.send(String::from("String")).await?;
    live.task
        .send(ByteString::from_static("ByteString"))
        .await?;
    live.task.send(&[1_u8, 2][..]).await?;
    live.task.send(vec![3, 255]).await?;
    live.task
        .send(Bytes::from_static(b"Bytes").slice(1..3))
        .await?;
    live.task.send(b"array").await?;
    live.task.send(Message::from("")).await?;
    live.task.send(Vec::new()).await?;
    let texts = ["汉 &str", "String", "ByteString"].map(MessageSeen::text);
    let binaries = [&[1, 2][..], &[3, 255], b"yt", b"array"].map(MessageSeen::binary);
    let empty = [MessageSeen::text(""), MessageSeen::binary(b"")];
    finish(live, &[&texts[..], &binaries, &empty].concat()).await
}

/// The peer notes every unmasked frame as a breach, and `seen` fails then.
async fn masked(cx: Cx) -> Result<(), Failure> {
    let live = cx.open(Behavior::Capture).await?;
    for size in [0, 1, 126, 70_000] {
        live.task.send(vec![0; size]).await?;
    }
    let expected = [0, 1, 126, 70_000].map(|size| MessageSeen::binary(&vec![0; size]));
    finish(live, &expected).await
}

async fn order(cx: Cx) -> Result<(), Failure> {
    let live = cx.open(Behavior::Capture).await?;
    let mut expected = Vec::new();
    for at in 0..50_u8 {
        live.task.send(format!("{at}")).await?;
        live.task.send(vec![at; 1 + usize::from(at) * 100]).await?;
        expected.push(MessageSeen::text(&format!("{at}")));
        expected.push(MessageSeen::binary(&vec![at; 1 + usize::from(at) * 100]));
    }
    finish(live, &expected).await
}

async fn many(cx: Cx) -> Result<(), Failure> {
    let live = cx.open(Behavior::Capture).await?;
    let texts: Vec<_> = (0..10_000).map(|at| format!("number {at}")).collect();
    for text in &texts {
        drop(live.task.send(text.as_str()));
    }
    let expected: Vec<_> = texts.iter().map(|text| MessageSeen::text(text)).collect();
    finish(live, &expected).await
}

async fn mixed(cx: Cx) -> Result<(), Failure> {
    let live = cx.open(Behavior::Capture).await?;
    for at in 0..20 {
        drop(live.task.send(format!("future {at}")));
        live.task
            .send_with(SendOption::new(format!("callback {at}")).success(|_| ()));
    }
    let pair = |at| [format!("future {at}"), format!("callback {at}")];
    let expected: Vec<_> = (0..20)
        .flat_map(pair)
        .map(|text| MessageSeen::text(&text))
        .collect();
    finish(live, &expected).await
}

async fn within_open(cx: Cx) -> Result<(), Failure> {
    let mut live = cx.dial(Behavior::Echo).await?;
    let weak = Arc::downgrade(&live.task);
    live.task.on_open(move |_| {
        if let Some(task) = weak.upgrade() {
            drop(task.send("from on_open"));
        }
    });
    live.open().await?;
    ensure_eq!(live.message().await?, Message::from("from on_open"));
    finish(live, &[MessageSeen::text("from on_open")]).await
}

async fn within_message(cx: Cx) -> Result<(), Failure> {
    let live = cx.open(Behavior::Capture).await?;
    let weak = Arc::downgrade(&live.task);
    live.task.on_message(move |event| {
        if let Some(task) = weak.upgrade() {
            drop(task.send(event.data));
            drop(task.send("and more"));
        }
    });
    for text in ["one", "two"] {
        live.peer.act(Action::Text { text: text.into() }).await?;
    }
    live.peer.seen(Until::Messages(4)).await?;
    let expected = ["one", "and more", "two", "and more"].map(MessageSeen::text);
    let mut live = live;
    live.message().await?;
    live.message().await?;
    finish(live, &expected).await
}

async fn success(cx: Cx) -> Result<(), Failure> {
    let live = cx.open(Behavior::Capture).await?;
    let (pen, reader) = recorder();
    let (on_success, on_fail, on_complete) = (pen.clone(), pen.clone(), pen);
    let option = SendOption::new("hello")
        .success(move |told| on_success.write(("success", told.err_msg())))
        .fail(move |error| on_fail.write(("fail", error.err_msg())))
        .complete(move |told| on_complete.write(("complete", told.err_msg())));
    live.task.send_with(option);
    let told = |name| (name, "sendSocketMessage:ok".to_owned());
    let calls = cx.soon("the send's report", reader.rest()).await?;
    ensure_eq!(calls, [told("success"), told("complete")], "callbacks");
    finish(live, &[MessageSeen::text("hello")]).await
}

async fn resolves(cx: Cx) -> Result<(), Failure> {
    let live = cx.open(Behavior::Capture).await?;
    // More than may wait before `send` does: the report comes from the adapter.
    let large = vec![1; 256 << 10];
    live.task.send(large.clone()).await?;
    live.task.send("small").await?;
    finish(
        live,
        &[MessageSeen::binary(&large), MessageSeen::text("small")],
    )
    .await
}

async fn dropped(cx: Cx) -> Result<(), Failure> {
    let live = cx.open(Behavior::Capture).await?;
    let large = vec![2; 256 << 10];
    drop(live.task.send(large.clone()));
    drop(live.task.send("unawaited"));
    finish(
        live,
        &[MessageSeen::binary(&large), MessageSeen::text("unawaited")],
    )
    .await
}

async fn large(cx: Cx) -> Result<(), Failure> {
    let live = cx.open(Behavior::Capture).await?;
    let bytes: Vec<u8> = (0..16 << 20).map(|at: usize| (at % 251) as u8).collect();
    live.task.send(bytes.clone()).await?;
    live.task.send("behind it").await?;
    finish(
        live,
        &[MessageSeen::binary(&bytes), MessageSeen::text("behind it")],
    )
    .await
}

async fn tls(cx: Cx) -> Result<(), Failure> {
    let peer = cx.target(Target::Secure(Behavior::Capture)).await?;
    let mut live = cx.dial_peer(peer, |option| option).await?;
    live.open().await?;
    let sizes = [1, 16_384, 16_385, 300_000];
    for size in sizes {
        drop(live.task.send(vec![size as u8; size]));
    }
    let expected = sizes.map(|size| MessageSeen::binary(&vec![size as u8; size]));
    finish(live, &expected).await
}
