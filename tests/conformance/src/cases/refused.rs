//! Open that fails: what the peer answers, or does not answer, instead of a sound 101.

use std::time::Duration;

use taro_socket_api::{Capability, CloseCause, CloseEvent, Error, ErrorKind, RetryAdvice};

use crate::{
    Behavior, Case, Cx, DropWhen, Failure, Fault, Until,
    live::{Brief, Live},
    recorder::{letters, record},
};

const RFC: &str = "RFC 6455 §4.1";
const COVERS: &[&str] = &["connectSocket", "SocketTask.onError", "SocketTask.onClose"];
const RESPONSE: &[&str] = &["SocketTask.onError", "Capability.HandshakeResponse"];
const TELLS: &[Capability] = &[Capability::HandshakeResponse];

pub(super) const CASES: &[Case] = &[
    Case::new("open/refused/status", RFC, Fault::AcceptsAnyHandshake, run!(status)).covers(COVERS),
    Case::new("open/refused/error-then-close", "WHATWG WebSockets §4", Fault::FailsSilently, run!(error_then_close)).covers(COVERS),
    Case::new("open/refused/close-follows-error", "WHATWG WebSockets §4", Fault::ErrorWithoutClose, run!(error_then_close)).covers(COVERS),
    Case::new("open/refused/response", RFC, Fault::DropsHandshakeResponse, run!(response)).requires(TELLS).covers(RESPONSE),
    Case::new("open/refused/long-body", RFC, Fault::DropsHandshakeResponse, run!(long_body)).requires(TELLS).covers(RESPONSE),
    Case::new("open/refused/retry-advice", "RFC 9110 §15", Fault::WrongErrorKind, run!(retry_advice)).requires(TELLS).covers(RESPONSE),
    Case::new("open/refused/redirect-is-not-followed", RFC, Fault::AcceptsAnyHandshake, run!(redirect)).covers(COVERS),
    Case::new("open/refused/wrong-accept", RFC, Fault::AcceptsAnyHandshake, run!(breach, Behavior::WrongAccept, &[])).covers(COVERS),
    Case::new("open/refused/unasked-extension", RFC, Fault::AcceptsAnyHandshake, run!(breach, Behavior::Extension, &[])).covers(COVERS),
    Case::new("open/refused/no-subprotocol-selected", "WHATWG WebSockets §4", Fault::AcceptsAnyHandshake, run!(breach, Behavior::NoSubprotocol, &["a", "b"])).covers(COVERS),
    Case::new("open/refused/unoffered-subprotocol", RFC, Fault::AcceptsAnyHandshake, run!(breach, unoffered(), &["a"])).covers(COVERS),
    Case::new("open/refused/unasked-subprotocol", RFC, Fault::AcceptsAnyHandshake, run!(breach, unoffered(), &[])).covers(COVERS),
    Case::new("open/refused/ended-instead-of-answer", RFC, Fault::HangsOnFailure, run!(ended, false)).covers(COVERS),
    Case::new("open/refused/reset-instead-of-answer", RFC, Fault::HangsOnFailure, run!(ended, true)).covers(COVERS),
    Case::new("open/timeout", "Taro docs, connectSocket timeout", Fault::IgnoresConnectTimeout, run!(timeout)).covers(&["ConnectSocketOption.timeout", "SocketTask.onError"]),
    Case::new("open/future/fails", "taro-socket, SocketTask", Fault::WrongErrorKind, run!(future_fails)).covers(COVERS),
];

fn unoffered() -> Behavior {
    Behavior::Subprotocol { name: "other".into() }
}

fn reject(status: u16) -> Behavior {
    let body = format!("refused with {status}");
    Behavior::Reject { status, body }
}

/// The failure of a refused handshake. Where the platform does not tell the answer it may not tell the kind.
pub(super) async fn refusal(cx: &Cx, live: &mut Live) -> Result<Error, Failure> {
    let error = live.error().await?;
    let allowed: &[ErrorKind] = if cx.declares(Capability::HandshakeResponse) {
        &[ErrorKind::Handshake]
    } else {
        // Unknown: WHATWG WebSockets §4 forbids browsers to tell why a connection failed.
        &[ErrorKind::Handshake, ErrorKind::Unknown]
    };
    ensure!(allowed.contains(&error.kind()), "kind of {error:?}, expected {allowed:?}");
    let close = live.close().await?;
    ensure_eq!(close, CloseEvent::abnormal(CloseCause::Transport), "close after {error}");
    Ok(error)
}

async fn status(cx: Cx) -> Result<(), Failure> {
    for status in [200, 204, 401, 403, 404, 426, 500, 503] {
        let mut live = cx.dial(reject(status)).await?;
        refusal(&cx, &mut live).await?;
        let seen = live.peer.seen(Until::Requested).await?;
        ensure_eq!(seen.requests.len(), 1, "handshakes seen");
    }
    Ok(())
}

async fn error_then_close(cx: Cx) -> Result<(), Failure> {
    let mut live = cx.dial(reject(403)).await?;
    let handlers = record(&live.task);
    refusal(&cx, &mut live).await?;
    ensure_eq!(letters(&handlers.rest().await), "ec", "events of the handlers");
    let late = record(&live.task);
    ensure_eq!(letters(&late.rest().await), "ec", "events of late handlers");
    Ok(())
}

async fn response(cx: Cx) -> Result<(), Failure> {
    for status in [200, 401, 403, 500] {
        let mut live = cx.dial(reject(status)).await?;
        let error = refusal(&cx, &mut live).await?;
        let Some(response) = error.response() else {
            return Err(Failure::new(format!("no response in {error:?}")));
        };
        ensure_eq!(response.status, status, "status");
        let body = String::from_utf8_lossy(&response.body);
        ensure_eq!(body, format!("refused with {status}"), "body");
        ensure!(!response.header.is_empty(), "no response headers");
    }
    Ok(())
}

async fn long_body(cx: Cx) -> Result<(), Failure> {
    let body = "0123456789abcdef".repeat(1024);
    let mut live = cx.dial(Behavior::Reject { status: 400, body: body.clone() }).await?;
    let error = refusal(&cx, &mut live).await?;
    let beginning = error.response().map(|response| response.body.clone()).unwrap_or_default();
    ensure!(!beginning.is_empty(), "no body in {error:?}");
    ensure!(beginning.len() <= 4096, "{} bytes of body are kept", beginning.len());
    ensure!(body.as_bytes().starts_with(&beginning), "not the beginning of the body");
    Ok(())
}

async fn retry_advice(cx: Cx) -> Result<(), Failure> {
    for (status, advice) in [(403, RetryAdvice::Never), (503, RetryAdvice::Later)] {
        let mut live = cx.dial(reject(status)).await?;
        ensure_eq!(refusal(&cx, &mut live).await?.retry(), advice, "advice after {status}");
    }
    Ok(())
}

async fn redirect(cx: Cx) -> Result<(), Failure> {
    let elsewhere = cx.peer(Behavior::Echo).await?;
    let location = elsewhere.url().to_owned();
    let mut live = cx.dial(Behavior::Redirect { location }).await?;
    let error = refusal(&cx, &mut live).await?;
    if cx.declares(Capability::HandshakeResponse) {
        let status = error.response().map(|response| response.status);
        ensure_eq!(status, Some(302), "status");
    }
    let seen = elsewhere.seen(Until::Now).await?;
    ensure!(seen.requests.is_empty(), "the redirect was followed: {}", Brief(&seen));
    Ok(())
}

/// A 101 that breaks the rules.
async fn breach(cx: Cx, behavior: Behavior, offer: &'static [&str]) -> Result<(), Failure> {
    let offer = offer.iter().copied();
    let mut live = cx.dial_with(behavior, |option| option.protocols(offer)).await?;
    refusal(&cx, &mut live).await?;
    let seen = live.peer.seen(Until::Ended).await?;
    ensure!(seen.messages.is_empty(), "messages were sent: {}", Brief(&seen));
    Ok(())
}

async fn ended(cx: Cx, reset: bool) -> Result<(), Failure> {
    let when = DropWhen::Handshake;
    let mut live = cx.dial(Behavior::Drop { when, reset }).await?;
    let error = live.error().await?;
    let allowed = [
        ErrorKind::Handshake, // the server did not answer as RFC 6455 §4.2.2 asks
        ErrorKind::Transport, // TCP was there, and broke
        ErrorKind::Connect,   // the host counts all before 101 as connecting
        ErrorKind::Unknown,   // browsers do not tell why
    ];
    ensure!(allowed.contains(&error.kind()), "kind of {error:?}, expected {allowed:?}");
    let close = live.close().await?;
    ensure_eq!(close, CloseEvent::abnormal(CloseCause::Transport), "close after {error}");
    Ok(())
}

async fn timeout(cx: Cx) -> Result<(), Failure> {
    let patience = Duration::from_millis(100);
    let mut live = cx.dial_with(Behavior::Silent, |option| option.timeout(patience)).await?;
    live.fails_by(ErrorKind::Timeout, CloseCause::Timeout).await?;
    ensure!(!live.peer.seen(Until::Ended).await?.opened, "the peer opened");
    Ok(())
}

async fn future_fails(cx: Cx) -> Result<(), Failure> {
    let mut live = cx.dial(Behavior::WrongAccept).await?;
    let told = match live.task.opened().await {
        Ok(open) => return Err(Failure::new(format!("opened: {open:?}"))),
        Err(error) => error,
    };
    let error = refusal(&cx, &mut live).await?;
    ensure_eq!(told.kind(), error.kind(), "kind of opened()'s error");
    ensure_eq!(told.err_msg(), error.err_msg(), "text of opened()'s error");
    ensure!(live.task.opened().await.is_err(), "opened() after close");
    Ok(())
}
