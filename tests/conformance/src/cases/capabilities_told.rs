//! What some hosts do not tell of the handshake and of the end.

use taro_socket_api::{Capability, CloseCause, CloseEvent, CloseFrame};

use crate::{Action, Behavior, Cx, Failure, live::own_close};

const SPEC: &str = "taro-socket, Capability";
const PROTOCOL: &[&str] = &["SocketTask.onOpen", "Capability.SelectedProtocol"];
const STATUS: &[&str] = &[
    "SocketTask.onClose",
    "OnCloseCallbackResult.code",
    "Capability.CloseStatus",
];
const ANSWER: &[&str] = &[
    "SocketTask.onClose",
    "OnCloseCallbackResult.code",
    "Capability.CloseAnswer",
];
const SELECTED: &[Capability] = &[Capability::SelectedProtocol];
const TOLD: &[Capability] = &[Capability::CloseStatus];
const ANSWERED: &[Capability] = &[Capability::CloseAnswer];

cases! {
    "capabilities/selected-protocol/works", SPEC, HidesSubprotocol => protocol, PROTOCOL, requires(SELECTED);
    "capabilities/selected-protocol/refused", SPEC, DeclaresEverything => protocol, PROTOCOL, forbids(SELECTED);
    "capabilities/close-status/works", SPEC, Reports1006 => status, STATUS, requires(TOLD);
    "capabilities/close-status/refused", SPEC, DeclaresEverything => status, STATUS, forbids(TOLD);
    "capabilities/close-answer/works", SPEC, HidesCloseReason => answer, ANSWER, requires(ANSWERED);
    "capabilities/close-answer/refused", SPEC, DropsCloseCode => answer, ANSWER, forbids(ANSWERED);
}

/// The server selects the second of two. Where that is not told, the connection opens all the same.
async fn protocol(cx: Cx) -> Result<(), Failure> {
    let behavior = Behavior::Subprotocol { name: "b".into() };
    let mut live = cx
        .dial_with(behavior, |option| option.protocols(["a", "b"]))
        .await?;
    let told = cx.declares(Capability::SelectedProtocol);
    let expected = told.then_some("b");
    ensure_eq!(live.open().await?.protocol.as_deref(), expected, "protocol");
    ensure_eq!(live.task.protocol().as_deref(), expected, "protocol()");
    live.echo("with a subprotocol").await?;
    live.finish().await
}

/// The server closes with a status.
async fn status(cx: Cx) -> Result<(), Failure> {
    let mut live = cx.open(Behavior::Echo).await?;
    live.echo("alive").await?;
    live.peer
        .act(Action::Close {
            code: Some(4001),
            reason: "bye".into(),
        })
        .await?;
    let (code, reason) = match cx.declares(Capability::CloseStatus) {
        true => (Some(4001), "bye"),
        false => (None, ""),
    };
    let close = live.close().await?;
    ensure_eq!(
        close,
        CloseEvent::clean(code, reason, CloseCause::Remote),
        "close"
    );
    Ok(())
}

/// The server answers an own close with another status. Where that need not be told, the own one may be reported.
async fn answer(cx: Cx) -> Result<(), Failure> {
    let behavior = Behavior::AnswerClose {
        code: Some(4002),
        reason: "theirs".into(),
    };
    let mut live = cx.open(behavior).await?;
    live.task.close(CloseFrame::new(4001, "mine")?).await?;
    let close = live.close().await?;
    let told = close.code == 4002 || cx.declares(Capability::CloseAnswer);
    let (code, reason) = match told {
        true => (4002, "theirs"),
        false => (4001, "mine"),
    };
    // Hosts that tell the code may leave out the reason.
    let reason = match close.reason.is_empty() && !cx.declares(Capability::CloseAnswer) {
        true => "",
        false => reason,
    };
    ensure_eq!(close, own_close(Some(code), reason), "close");
    live.peer_got_close(Some(4001), "mine").await?;
    Ok(())
}
