//! Messages received: fragments and control frames between them.

use taro_socket_api::Message;

use crate::{
    Action, Behavior, Cx, Failure, Until,
    frames::{self, PING, frame},
};

const FRAGMENTS: &str = "RFC 6455 §5.4";
const CONTROL: &str = "RFC 6455 §5.5.2";
const ON_MESSAGE: &[&str] = &["SocketTask.onMessage"];

cases! {
    "messages/fragments/joined", FRAGMENTS, SplitsFragments => joined, ON_MESSAGE;
    "messages/fragments/character-across-frames", FRAGMENTS, SplitsFragments => across, ON_MESSAGE;
    "messages/fragments/ping-between", FRAGMENTS, NoPong => ping_between, ON_MESSAGE;
    "messages/fragments/empty-ones", FRAGMENTS, SplitsFragments => empty_fragments, ON_MESSAGE;
    "messages/fragments/close-between", "RFC 6455 §5.5.1", SplitsFragments => close_between, &["SocketTask.onMessage", "SocketTask.onClose"];
    "messages/ping/answered", CONTROL, NoPong => pong, ON_MESSAGE;
    "messages/ping/longest", CONTROL, NoPong => longest_ping, ON_MESSAGE;
    "messages/pong/unasked-is-ignored", "RFC 6455 §5.5.3", LosesSend => unasked_pong, ON_MESSAGE;
}

async fn joined(cx: Cx) -> Result<(), Failure> {
    for size in [1, 3, 1000] {
        let mut live = cx.open(Behavior::Fragment { size, ping: false }).await?;
        live.echo("in several frames").await?;
        live.echo((0..200).collect::<Vec<u8>>()).await?;
        live.echo("").await?;
        live.finish().await?;
    }
    Ok(())
}

async fn across(cx: Cx) -> Result<(), Failure> {
    let mut live = cx
        .open(Behavior::Fragment {
            size: 1,
            ping: false,
        })
        .await?;
    live.echo("é 汉 🦀").await?;
    live.finish().await
}

async fn ping_between(cx: Cx) -> Result<(), Failure> {
    let mut live = cx
        .open(Behavior::Fragment {
            size: 4,
            ping: true,
        })
        .await?;
    live.echo("sixteen letters!").await?;
    live.peer.seen(Until::Pongs(3)).await?;
    live.finish().await
}

async fn empty_fragments(cx: Cx) -> Result<(), Failure> {
    // Text "ab" as: empty, "a", empty, "b", empty and final.
    let parts = [
        frame(0x01, b""),
        frame(0, b"a"),
        frame(0, b""),
        frame(0, b"b"),
        frame(0x80, b""),
    ];
    let mut live = cx.open(frames::writes(parts.concat())).await?;
    ensure_eq!(live.message().await?, Message::from("ab"));
    live.finish().await
}

/// A message that was never finished is not delivered.
async fn close_between(cx: Cx) -> Result<(), Failure> {
    let hex = frame(0x01, b"begun") + &frames::close(1000, b"bye");
    let mut live = cx.open(frames::writes(hex)).await?;
    let close = live.close().await?;
    cx.closed_by_peer(&close, Some(1000), "bye")?;
    cx.close_answered(&live.peer, Some(1000), "bye").await
}

async fn pong(cx: Cx) -> Result<(), Failure> {
    let mut live = cx
        .open(Behavior::Ping {
            payload: "are you there".into(),
            count: 3,
        })
        .await?;
    let seen = live.peer.seen(Until::Pongs(3)).await?;
    ensure_eq!(seen.pongs, ["are you there"; 3], "pongs at the peer");
    live.peer
        .act(Action::Ping {
            payload: String::new(),
        })
        .await?;
    let seen = live.peer.seen(Until::Pongs(4)).await?;
    ensure_eq!(
        seen.pongs.last().map(String::as_str),
        Some(""),
        "pong to an empty ping"
    );
    // No ping shows as a message.
    live.echo("the first message").await?;
    live.finish().await
}

async fn longest_ping(cx: Cx) -> Result<(), Failure> {
    let payload = "p".repeat(125);
    let mut live = cx
        .open(frames::writes(frame(PING, payload.as_bytes())))
        .await?;
    let seen = live.peer.seen(Until::Pongs(1)).await?;
    ensure_eq!(seen.pongs, [payload], "pongs at the peer");
    live.echo("goes on").await?;
    live.finish().await
}

async fn unasked_pong(cx: Cx) -> Result<(), Failure> {
    let mut live = cx.open(frames::writes(frame(0x8a, b"heartbeat"))).await?;
    live.echo("the first message").await?;
    live.finish().await
}
