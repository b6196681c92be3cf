//! Finite bounds of what comes in.

use taro_socket_api::{Capability, ErrorKind, Message};

use crate::{
    Action, Behavior, Cx, Failure, Until,
    cx::limits,
    frames::{self, BINARY, frame},
    live::{Live, brief},
};

const LIMITS: &str = "taro-socket, Limits";
const TOO_BIG: &str = "RFC 6455 §7.4.1";
const COVERS: &[&str] = &["SocketTask.onMessage", "SocketTask.onError"];
const BY_FRAME: &[Capability] = &[Capability::FrameLimits];

cases! {
    "limits/message/at-the-limit", LIMITS, TruncatesMessage => at_limit, COVERS;
    "limits/message/above-the-limit", TOO_BIG, NoInboundLimit => above, COVERS;
    "limits/message/above-in-fragments", TOO_BIG, NoInboundLimit => in_fragments, COVERS;
    "limits/message/declared-length", TOO_BIG, NoInboundLimit => declared, COVERS, requires(BY_FRAME);
    "limits/message/length-of-64-bits", "RFC 6455 §5.2", NoCloseOnPeerError => top_bit, COVERS;
    "limits/fragments/at-the-limit", LIMITS, SplitsFragments => fragments_at, COVERS;
    "limits/fragments/above-the-limit", TOO_BIG, NoFragmentLimit => fragments_above, COVERS, requires(BY_FRAME);
    "limits/fragments/endless-empty-ones", TOO_BIG, NoFragmentLimit => endless, COVERS, requires(BY_FRAME), deadline(30);
    "limits/buffered/in-a-burst", LIMITS, WakesStreamsLate => burst, COVERS;
    "limits/pings-do-not-count", "RFC 6455 §5.5.2", NoPong => pings, COVERS;
}

/// The task fails as too big, and the peer is told so.
async fn too_big(cx: &Cx, mut live: Live) -> Result<(), Failure> {
    let told = cx.declares(Capability::PeerErrorCodes);
    live.fails(ErrorKind::LimitExceeded).await?;
    let code = live.peer.close_code().await?;
    let allowed = match code {
        Some(1009) => true,
        // Scripts may not send 1009 (WHATWG WebSockets §3.1 close).
        Some(4000..=4999) => !told,
        _ => false,
    };
    ensure!(allowed, "close code {code:?} at the peer");
    Ok(())
}

/// A limit is passed by frames of which the message is not whole.
async fn frames_refused(cx: &Cx, mut live: Live) -> Result<(), Failure> {
    cx.breached(&mut live, ErrorKind::LimitExceeded, 1009).await
}

async fn bounded(cx: &Cx, behavior: Behavior) -> Result<Live, Failure> {
    let bound = limits(|limits| limits.max_message_bytes = 100_000);
    cx.open_with(behavior, |option| option.limits(bound)).await
}

async fn at_limit(cx: Cx) -> Result<(), Failure> {
    let mut live = bounded(&cx, Behavior::Echo).await?;
    live.echo(vec![1; 100_000]).await?;
    live.echo("é".repeat(50_000)).await?;
    live.finish().await?;
    let mut live = bounded(
        &cx,
        Behavior::Fragment {
            size: 33_333,
            ping: false,
        },
    )
    .await?;
    live.echo(vec![1; 100_000]).await?;
    live.echo(vec![2; 100_000]).await?;
    live.finish().await
}

async fn above(cx: Cx) -> Result<(), Failure> {
    let live = bounded(&cx, Behavior::Echo).await?;
    // The end may come before the send is reported.
    drop(live.task.send(vec![1; 100_001]));
    too_big(&cx, live).await
}

/// Many small messages at once are no more than wait, for the stream is read as they come.
async fn burst(cx: Cx) -> Result<(), Failure> {
    let few = limits(|limits| limits.max_buffered_messages = 64);
    let (count, size) = (2000, 16);
    let mut live = cx
        .open_with(Behavior::Flood { count, size }, |option| option.limits(few))
        .await?;
    for at in 0..count {
        let message = live.message().await?;
        let sound = message.as_bytes() == vec![at as u8; size];
        ensure!(sound, "message {at} is {}", brief(&message));
    }
    live.finish().await
}

async fn in_fragments(cx: Cx) -> Result<(), Failure> {
    let live = bounded(
        &cx,
        Behavior::Fragment {
            size: 10_000,
            ping: false,
        },
    )
    .await?;
    // The end may come before the send is reported.
    drop(live.task.send(vec![1; 100_001]));
    too_big(&cx, live).await
}

/// A header that announces 2^40 bytes is refused by itself: nothing is waited for or allocated.
async fn declared(cx: Cx) -> Result<(), Failure> {
    let live = bounded(&cx, frames::writes("827f0000010000000000")).await?;
    frames_refused(&cx, live).await
}

/// A length with the most significant bit set, which must be 0.
async fn top_bit(cx: Cx) -> Result<(), Failure> {
    let mut live = cx.open(frames::answers("827f8000000000000001")).await?;
    drop(live.task.send("go on"));
    if !cx.declares(Capability::PeerErrorCodes) {
        return cx.breached(&mut live, ErrorKind::Protocol, 1002).await;
    }
    let error = live.error().await?;
    live.close().await?;
    let code = live.peer.close_code().await?;
    let told = (error.kind(), code);
    let allowed = [
        (ErrorKind::Protocol, Some(1002)),      // the bit is forbidden
        (ErrorKind::LimitExceeded, Some(1009)), // the length is looked at first
    ];
    ensure!(
        allowed.contains(&told),
        "{told:?}, expected one of {allowed:?}"
    );
    Ok(())
}

/// A task that takes 8 fragments.
pub(super) async fn few_fragments(cx: &Cx, behavior: Behavior) -> Result<Live, Failure> {
    let bound = limits(|limits| limits.max_fragments = 8);
    cx.open_with(behavior, |option| option.limits(bound)).await
}

/// A peer that echoes byte by byte.
pub(super) fn byte_by_byte(ping: bool) -> Behavior {
    Behavior::Fragment { size: 1, ping }
}

async fn fragments_at(cx: Cx) -> Result<(), Failure> {
    let mut live = few_fragments(&cx, byte_by_byte(true)).await?;
    live.echo("8 frames").await?;
    live.echo("8 again!").await?;
    live.finish().await
}

async fn fragments_above(cx: Cx) -> Result<(), Failure> {
    let live = few_fragments(&cx, byte_by_byte(false)).await?;
    live.task.send("9 frames!").await?;
    frames_refused(&cx, live).await
}

/// Empty frames add nothing to a message's size, so only their number bounds them.
async fn endless(cx: Cx) -> Result<(), Failure> {
    let hex = frame(BINARY & 0x7f, b"") + &frame(0, b"").repeat(10_000);
    let bound = limits(|limits| limits.max_fragments = 5000);
    let live = cx
        .open_with(frames::answers(hex), |option| option.limits(bound))
        .await?;
    live.task.send("go").await?;
    frames_refused(&cx, live).await
}

async fn pings(cx: Cx) -> Result<(), Failure> {
    let mut live = few_fragments(
        &cx,
        Behavior::Ping {
            payload: "p".into(),
            count: 50,
        },
    )
    .await?;
    live.peer.seen(Until::Pongs(50)).await?;
    live.peer.act(Action::Text { text: "x".into() }).await?;
    ensure_eq!(live.message().await?, Message::from("x"));
    live.finish().await
}
