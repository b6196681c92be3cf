//! Open that fails: what the peer answers, or does not answer, instead of a sound 101.

use std::time::Duration;

use taro_socket_api::{Capability, CloseCause, CloseEvent, Error, ErrorKind};

use crate::{
    Behavior, Cx, DropWhen, Failure, Until,
    live::{Brief, Live},
    recorder::{letters, record},
};

const RFC: &str = "RFC 6455 §4.1";
const COVERS: &[&str] = &["connectSocket", "SocketTask.onError", "SocketTask.onClose"];
const RESPONSE: &[&str] = &["SocketTask.onError", "Capability.HandshakeResponse"];
const TELLS: &[Capability] = &[Capability::HandshakeResponse];

cases! {
    "open/refused/status", RFC, AcceptsAnyHandshake => status, COVERS;
    "open/refused/error-then-close", "WHATWG WebSockets §4", FailsSilently => error_then_close, COVERS;
    "open/refused/close-follows-error", "WHATWG WebSockets §4", ErrorWithoutClose => error_then_close, COVERS;
    "open/refused/response", RFC, DropsHandshakeResponse => response, RESPONSE, requires(TELLS);
    "open/refused/long-body", RFC, DropsHandshakeResponse => long_body, RESPONSE, requires(TELLS);
    "open/refused/redirect-is-not-followed", RFC, AcceptsAnyHandshake => redirect, COVERS;
    "open/refused/wrong-accept", RFC, AcceptsAnyHandshake => breach(Behavior::WrongAccept, &[]), COVERS;
    "open/refused/unasked-extension", RFC, AcceptsAnyHandshake => breach(Behavior::Extension, &[]), COVERS;
    "open/refused/no-subprotocol-selected", "WHATWG WebSockets §4", AcceptsAnyHandshake => breach(Behavior::NoSubprotocol, &["a", "b"]), COVERS;
    "open/refused/unoffered-subprotocol", RFC, AcceptsAnyHandshake => breach(unoffered(), &["a"]), COVERS;
    "open/refused/unasked-subprotocol", RFC, AcceptsAnyHandshake => breach(unoffered(), &[]), COVERS;
    "open/refused/ended-instead-of-answer", RFC, HangsOnFailure => ended(false), COVERS;
    "open/refused/reset-instead-of-answer", RFC, HangsOnFailure => ended(true), COVERS;
    "open/timeout", "Taro docs, connectSocket timeout", IgnoresConnectTimeout => timeout, &["ConnectSocketOption.timeout", "SocketTask.onError"];
    "open/future/fails", "taro-socket, SocketTask", WrongErrorKind => future_fails, COVERS;
}

fn unoffered() -> Behavior {
    Behavior::Subprotocol {
        name: "other".into(),
    }
}

pub(super) fn reject(status: u16) -> Behavior {
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
    ensure!(
        allowed.contains(&error.kind()),
        "kind of {error:?}, expected {allowed:?}"
    );
    let close = live.close().await?;
    ensure_eq!(
        close,
        CloseEvent::abnormal(CloseCause::Transport),
        "close after {error}"
    );
    Ok(error)
}

async fn status(cx: Cx) -> Result<(), Failure> {
    for status in [200, 204, 301, 401, 403, 404, 426, 500, 503] {
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
    ensure_eq!(
        letters(&handlers.rest().await),
        "ec",
        "events of the handlers"
    );
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
    let mut live = cx
        .dial(Behavior::Reject {
            status: 400,
            body: body.clone(),
        })
        .await?;
    let error = refusal(&cx, &mut live).await?;
    let beginning = error
        .response()
        .map(|response| response.body.clone())
        .unwrap_or_default();
    ensure!(!beginning.is_empty(), "no body in {error:?}");
    ensure!(
        beginning.len() <= 4096,
        "{} bytes of body are kept",
        beginning.len()
    );
    ensure!(
        body.as_bytes().starts_with(&beginning),
        "not the beginning of the body"
    );
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
    ensure!(
        seen.requests.is_empty(),
        "the redirect was followed: {}",
        Brief(&seen)
    );
    Ok(())
}

/// A 101 that breaks the rules.
async fn breach(cx: Cx, behavior: Behavior, offer: &'static [&str]) -> Result<(), Failure> {
    let offer = offer.iter().copied();
    let mut live = cx
        .dial_with(behavior, |option| option.protocols(offer))
        .await?;
    refusal(&cx, &mut live).await?;
    let seen = live.peer.seen(Until::Ended).await?;
    ensure!(
        seen.messages.is_empty(),
        "messages were sent: {}",
        Brief(&seen)
    );
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
    ensure!(
        allowed.contains(&error.kind()),
        "kind of {error:?}, expected {allowed:?}"
    );
    let close = live.close().await?;
    ensure_eq!(
        close,
        CloseEvent::abnormal(CloseCause::Transport),
        "close after {error}"
    );
    Ok(())
}

async fn timeout(cx: Cx) -> Result<(), Failure> {
    let patience = Duration::from_millis(100);
    let mut live = cx
        .dial_with(Behavior::Silent, |option| option.timeout(patience))
        .await?;
    live.fails_by(ErrorKind::Timeout, CloseCause::Timeout)
        .await?;
    cx.never_opened(&live.peer).await
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
