//! An app that leaves the screen, and hosts that let few sockets exist: what mini-programs meet.

use taro_socket_api::{
    Capability, CloseCause, CloseEvent, CloseFrame, ConnectSocketOption, Error, ErrorKind,
    SocketEvent,
};

use crate::{
    Action, Behavior, Cx, Failure, Until,
    live::{Live, peer_got_close},
};

const BACKGROUND: &str = "taro-socket, CloseCause::Background";
const CLOSE: &[&str] = &["SocketTask.close", "SocketTask.onClose"];
const END: &[&str] = &["SocketTask.onError", "SocketTask.onClose"];

cases! {
    "lifecycle/app/hidden/close-is-not-forgotten", BACKGROUND, ForgetsHiddenClose => closed, CLOSE, app();
    "lifecycle/app/hidden/dropped-is-closed", BACKGROUND, ForgetsHiddenClose => dropped, CLOSE, app();
    "lifecycle/app/hidden/close-of-the-peer", BACKGROUND, BlamesBackground => peer_closes, END, app();
    "lifecycle/app/hidden/send", BACKGROUND, LosesSend => sends, &["SocketTask.send"], app();
    "lifecycle/app/hidden/connect", BACKGROUND, NeverOpens => connects, &["connectSocket"], app();
    "lifecycle/app/ended", BACKGROUND, CauseAlwaysLocal => ended, END, app();
    "lifecycle/app/ended/while-connecting", BACKGROUND, WrongErrorKind => ended_early, END, app();
    "lifecycle/sockets/one-too-many", "taro-socket, ErrorKind::LimitExceeded", KeepsSockets => one_too_many, &["connectSocket"], few_sockets();
}

/// A host may refuse the close while the app is hidden: it is asked again, and the peer gets what was asked for.
async fn closed(cx: Cx) -> Result<(), Failure> {
    let mut live = cx.open(Behavior::Echo).await?;
    let hidden = cx.hide()?;
    let asked = live.task.close(CloseFrame::new(4001, "hidden")?);
    drop(hidden);
    asked.await?;
    peer_got_close(&live.peer, Some(4001), "hidden").await?;
    let close = live.close().await?;
    ensure!(close.was_clean && close.requested, "close {close:?}");
    ensure_eq!(close.cause, CloseCause::Local);
    cx.still_works().await
}

/// The last handle is dropped while the app is hidden.
async fn dropped(cx: Cx) -> Result<(), Failure> {
    let mut live = cx.open(Behavior::Echo).await?;
    live.echo("alive").await?;
    let Live { task, peer, .. } = live;
    let hidden = cx.hide()?;
    drop(task);
    drop(hidden);
    peer_got_close(&peer, Some(1000), "").await?;
    Ok(())
}

/// The peer closes while the app is hidden: that is no end by the host.
///
/// Where the host tells no status it tells both in the same words.
async fn peer_closes(cx: Cx) -> Result<(), Failure> {
    let mut live = cx.open(Behavior::Echo).await?;
    let hidden = cx.hide()?;
    let action = Action::Close {
        code: Some(4002),
        reason: "over".into(),
    };
    live.peer.act(action).await?;
    let end = live.events.next().await;
    drop(hidden);
    match end {
        Some(SocketEvent::Close(close)) => cx.closed_by_peer(&close, Some(4002), "over"),
        Some(SocketEvent::Error(event)) if !cx.declares(Capability::CloseStatus) => {
            interrupted(&event.error)?;
            let expected = CloseEvent::abnormal(CloseCause::Background);
            ensure_eq!(live.close().await?, expected, "close");
            Ok(())
        }
        other => Err(Failure::new(format!("got {other:?}, expected close"))),
    }
}

/// A host may refuse to send while the app is hidden. The connection lives on.
async fn sends(cx: Cx) -> Result<(), Failure> {
    let mut live = cx.open(Behavior::Echo).await?;
    let hidden = cx.hide()?;
    let sent = live.task.send("hidden");
    drop(hidden);
    match sent.await {
        Ok(()) => ensure_eq!(live.message().await?, "hidden".into()),
        Err(error) => interrupted(&error)?,
    }
    ensure_eq!(live.task.buffered_amount(), 0, "bytes that wait");
    live.echo("shown").await?;
    live.finish().await
}

/// A host may refuse to connect while the app is hidden.
async fn connects(cx: Cx) -> Result<(), Failure> {
    let peer = cx.peer(Behavior::Echo).await?;
    let hidden = cx.hide()?;
    let made = match cx.connect(ConnectSocketOption::new(peer.url())).await {
        Ok(task) => task.opened().await.map(|_| task),
        Err(error) => Err(error),
    };
    drop(hidden);
    match made {
        Ok(task) => drop(task),
        Err(error) => interrupted(&error)?,
    }
    cx.still_works().await
}

/// The host ends the sockets of the hidden app.
async fn ended(cx: Cx) -> Result<(), Failure> {
    let mut live = cx.open(Behavior::Echo).await?;
    live.echo("alive").await?;
    let hidden = cx.hide()?;
    hidden.end_sockets()?;
    let error = live
        .fails_by(ErrorKind::Aborted, CloseCause::Background)
        .await?;
    interrupted(&error)?;
    drop(hidden);
    live.peer.ended().await?;
    cx.still_works().await
}

/// As [`ended`], before the connection is open.
async fn ended_early(cx: Cx) -> Result<(), Failure> {
    let mut live = cx.dial(Behavior::Silent).await?;
    live.peer.seen(Until::Requested).await?;
    let hidden = cx.hide()?;
    hidden.end_sockets()?;
    let error = live
        .fails_by(ErrorKind::Aborted, CloseCause::Background)
        .await?;
    interrupted(&error)?;
    let opened = live.task.opened().await;
    ensure!(opened.is_err(), "the task has opened");
    drop(hidden);
    cx.still_works().await
}

/// One socket more than the host allows is refused, the others go on, and a place is free after an end.
async fn one_too_many(cx: Cx) -> Result<(), Failure> {
    let mut all = Vec::new();
    for _ in 0..cx.sockets(usize::MAX) {
        all.push(cx.open(Behavior::Echo).await?);
    }
    let peer = cx.peer(Behavior::Echo).await?;
    cx.refuses(
        &peer,
        ConnectSocketOption::new(peer.url()),
        ErrorKind::LimitExceeded,
    )
    .await?;
    for live in &mut all {
        live.echo("still here").await?;
    }
    if let Some(mut first) = all.pop() {
        first.finish().await?;
    }
    cx.still_works().await?;
    for live in &mut all {
        live.finish().await?;
    }
    Ok(())
}

/// The error of what the host refused or ended because the app was hidden.
fn interrupted(error: &Error) -> Result<(), Failure> {
    ensure_eq!(error.kind(), ErrorKind::Aborted, "kind of {error}");
    Ok(())
}
