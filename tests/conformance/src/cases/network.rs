//! Failures below the handshake, which need a real network.

use taro_socket_api::{Capability, CloseCause, CloseEvent, ErrorKind, RetryAdvice};

use crate::{Cx, Failure, Target, Until, live::Brief};

const COVERS: &[&str] = &["connectSocket", "SocketTask.onError", "SocketTask.onClose"];

cases! {
    "network/refused", "RFC 6455 §4.1", WrongErrorKind => refused, COVERS, network();
    "network/unknown-host", "RFC 6455 §4.1", HangsOnFailure => unknown_host, COVERS, network();
    "network/untrusted-certificate", "RFC 6455 §4.1", IgnoresTlsTrust => untrusted, COVERS, network();
}

async fn fails(
    cx: &Cx,
    target: Target,
    kind: ErrorKind,
    retry: RetryAdvice,
) -> Result<(), Failure> {
    let peer = cx.target(target).await?;
    let mut live = cx.dial_peer(peer, |option| option).await?;
    let error = live.error().await?;
    let allowed = [
        ErrorKind::Unknown, // WHATWG WebSockets §4 forbids browsers to tell why a connection failed
        ErrorKind::Connect, // one number for every failure of the network (Alipay)
    ];
    let unreported = allowed.contains(&error.kind()) && !cx.declares(Capability::HandshakeResponse);
    if !unreported {
        ensure_eq!(error.kind(), kind, "kind of {error}");
        ensure_eq!(error.retry(), retry, "advice of {error}");
    }
    let close = live.close().await?;
    ensure_eq!(
        close,
        CloseEvent::abnormal(CloseCause::Transport),
        "close after {error}"
    );
    let seen = live.peer.seen(Until::Now).await?;
    ensure!(
        seen.requests.is_empty(),
        "a handshake was sent: {}",
        Brief(&seen)
    );
    Ok(())
}

async fn refused(cx: Cx) -> Result<(), Failure> {
    fails(&cx, Target::Refused, ErrorKind::Connect, RetryAdvice::Later).await
}

async fn unknown_host(cx: Cx) -> Result<(), Failure> {
    fails(&cx, Target::UnknownHost, ErrorKind::Dns, RetryAdvice::Later).await
}

async fn untrusted(cx: Cx) -> Result<(), Failure> {
    fails(
        &cx,
        Target::UntrustedTls,
        ErrorKind::Tls,
        RetryAdvice::Never,
    )
    .await
}
