//! Whether trying again can help: the table at `RetryAdvice`, against real answers.

use taro_socket_api::{Capability, ErrorKind, RetryAdvice};

use super::refused::{refusal, reject};
use crate::{Behavior, Cx, DropWhen, Failure};

const STATUS: &str = "RFC 9110 §15";
const SPEC: &str = "taro-socket, RetryAdvice";
const COVERS: &[&str] = &["connectSocket", "SocketTask.onError"];
const RESPONSE: &[&str] = &["SocketTask.onError", "Capability.HandshakeResponse"];
const ON_CLOSE: &[&str] = &["SocketTask.onClose", "OnCloseCallbackResult.code"];
const TELLS: &[Capability] = &[Capability::HandshakeResponse];
const TOLD: &[Capability] = &[Capability::CloseStatus];

cases! {
    "open/refused/retry-advice", STATUS, WrongErrorKind => never, RESPONSE, requires(TELLS);
    "open/refused/retry-later", STATUS, AdvisesNever => later, COVERS;
    "open/refused/retry-where-the-status-is-told", STATUS, AcceptsAnyHandshake => never, COVERS;
    "open/refused/retry-after-a-breach", SPEC, AdvisesNever => breach, COVERS;
    "open/refused/answer-cut-off", SPEC, HangsOnFailure => cut, COVERS;
    "open/refused/retry-after-a-cut", SPEC, AdvisesNever => cut, COVERS;
    "close/remote/retry-advice", SPEC, Reports1006 => close_codes, ON_CLOSE, requires(TOLD);
}

/// Refused with `status`: the advice, if the host tells the status in any form; otherwise nothing is known.
async fn refused(cx: &Cx, status: u16, advice: RetryAdvice) -> Result<(), Failure> {
    let mut live = cx.dial(reject(status)).await?;
    let error = refusal(cx, &mut live).await?;
    let told = error.status();
    if cx.declares(Capability::HandshakeResponse) {
        ensure_eq!(told, Some(status), "status of {error:?}");
    }
    let expected = match told {
        Some(_) => advice,
        None => RetryAdvice::Later,
    };
    ensure!(
        told.is_none_or(|told| told == status),
        "{error:?} after {status}"
    );
    ensure_eq!(
        error.retry(),
        expected,
        "advice of {error:?} after {status}"
    );
    Ok(())
}

async fn never(cx: Cx) -> Result<(), Failure> {
    for status in [400, 401, 403, 404, 426] {
        refused(&cx, status, RetryAdvice::Never).await?;
    }
    Ok(())
}

async fn later(cx: Cx) -> Result<(), Failure> {
    for status in [408, 418, 425, 429, 500, 502, 503, 504, 521, 530] {
        refused(&cx, status, RetryAdvice::Later).await?;
    }
    Ok(())
}

/// A server in the middle of an update may answer wrongly for a while.
async fn breach(cx: Cx) -> Result<(), Failure> {
    for behavior in [Behavior::WrongAccept, Behavior::Extension] {
        let mut live = cx.dial(behavior).await?;
        let error = refusal(&cx, &mut live).await?;
        ensure_eq!(error.retry(), RetryAdvice::Later, "advice of {error:?}");
    }
    Ok(())
}

/// A server that restarts, or a line that breaks, while it answers.
async fn cut(cx: Cx) -> Result<(), Failure> {
    for when in [DropWhen::Handshake, DropWhen::Answer] {
        for reset in [false, true] {
            let mut live = cx.dial(Behavior::Drop { when, reset }).await?;
            let error = live.error().await?;
            ensure_eq!(error.retry(), RetryAdvice::Later, "advice of {error:?}");
            ensure!(error.kind() != ErrorKind::Aborted, "{error:?}");
            live.close().await?;
        }
    }
    Ok(())
}

async fn close_codes(cx: Cx) -> Result<(), Failure> {
    let never = [1003, 1008, 1009];
    for code in [1000, 1001, 1003, 1008, 1009, 1011, 4001] {
        let behavior = Behavior::Close {
            code: Some(code),
            reason: String::new(),
            after: 0,
        };
        let mut live = cx.dial(behavior).await?;
        live.open().await?;
        let close = live.close().await?;
        let expected = match never.contains(&code) {
            true => RetryAdvice::Never,
            false => RetryAdvice::Later,
        };
        ensure_eq!(close.retry(), expected, "advice of {close:?}");
    }
    Ok(())
}
