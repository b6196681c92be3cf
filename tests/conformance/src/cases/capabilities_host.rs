//! What an adapter can do only where it writes and reads frames itself, or only where the host has an object.

use taro_socket_api::{Capability, CloseFrame, ErrorKind, Message};

use super::{
    limits::{byte_by_byte, few_fragments},
    messages_breach::{fails, reserved_opcode},
};
use crate::{Behavior, Cx, Failure, frames};

const SPEC: &str = "taro-socket, Capability";
const FRAMES: &[&str] = &["SocketTask.onMessage", "Capability.FrameLimits"];
const CODES: &[&str] = &["SocketTask.onError", "Capability.PeerErrorCodes"];
const WS: &[&str] = &["SocketTask.ws", "Capability.Ws"];
const BY_FRAME: &[Capability] = &[Capability::FrameLimits];
const TOLD: &[Capability] = &[Capability::PeerErrorCodes];
const GIVEN: &[Capability] = &[Capability::Ws];

cases! {
    "capabilities/frame-limits/works", SPEC, NoFragmentLimit => fragments_counted, FRAMES, requires(BY_FRAME);
    "capabilities/frame-limits/refused", SPEC, DeclaresEverything => fragments_uncounted, FRAMES, forbids(BY_FRAME);
    "capabilities/peer-error-codes/works", SPEC, NoCloseOnPeerError => breaches, CODES, requires(TOLD);
    "capabilities/peer-error-codes/refused", SPEC, DeclaresEverything => breaches, CODES, forbids(TOLD);
    "capabilities/ws/works", "Taro docs, SocketTask.ws", HidesWs => ws_given, WS, requires(GIVEN);
    "capabilities/ws/refused", "Taro docs, SocketTask.ws", DeclaresEverything => ws_not_given, WS, forbids(GIVEN);
}

/// Eight fragments pass, the ninth is refused while its message is not whole.
async fn fragments_counted(cx: Cx) -> Result<(), Failure> {
    let mut live = few_fragments(&cx, byte_by_byte(false)).await?;
    live.echo("8 frames").await?;
    live.finish().await?;
    let endless = frames::frame(0x01, b"1") + &frames::frame(0, b"x").repeat(8);
    let mut live = few_fragments(&cx, frames::answers(endless)).await?;
    live.task.send("go").await?;
    cx.breached(&mut live, ErrorKind::LimitExceeded, 1009).await
}

/// `Limits::max_fragments` has no effect: the message comes whole.
async fn fragments_uncounted(cx: Cx) -> Result<(), Failure> {
    let mut live = few_fragments(&cx, byte_by_byte(false)).await?;
    live.echo("9 frames!").await?;
    live.finish().await
}

/// One breach of each kind. What that means with the capability and without it is in `Cx::breached`.
async fn breaches(cx: Cx) -> Result<(), Failure> {
    fails(&cx, &reserved_opcode(), ErrorKind::Protocol, 1002).await?;
    let text = frames::frame(frames::TEXT, b"\xff");
    fails(&cx, &text, ErrorKind::InvalidUtf8, 1007).await
}

/// The object is the one that carries the connection: it is open with the task, and ends with it.
async fn ws_given(cx: Cx) -> Result<(), Failure> {
    let mut live = cx.open(Behavior::Echo).await?;
    ensure_eq!(
        cx.ws_ready_state(&*live.task),
        Some(1),
        "readyState while open"
    );
    live.echo(Message::from("through it")).await?;
    live.task.close(CloseFrame::default()).await?;
    live.close().await?;
    let after = cx.ws_ready_state(&*live.task);
    // None: the task has given the object up.
    ensure!(
        matches!(after, Some(3) | None),
        "readyState after close: {after:?}"
    );
    Ok(())
}

async fn ws_not_given(cx: Cx) -> Result<(), Failure> {
    let mut live = cx.open(Behavior::Echo).await?;
    ensure_eq!(
        cx.ws_ready_state(&*live.task),
        None,
        "readyState while open"
    );
    live.finish().await
}
