//! Messages that nobody reads: no consumer at all, one that is behind, and a task that wants none.

use std::sync::Arc;

use taro_socket_api::{
    Capability, CloseCause, CloseEvent, CloseFrame, ConnectSocketOption, ErrorKind, Message,
    ReadyState, SocketEvent, SocketTask,
};

use crate::{
    Action, Behavior, Cx, Failure, Peer, Until,
    cx::limits,
    live::{Live, own_close},
    recorder::{record, recorder},
};

const LIMITS: &str = "taro-socket, Limits";
const COVERS: &[&str] = &["SocketTask.onMessage", "SocketTask.onError"];
const BEHIND: &[&str] = &["SocketTask.onMessage", "Capability.InboundBackPressure"];
const PAUSES: &[Capability] = &[Capability::InboundBackPressure];

cases! {
    "limits/unread/nobody", LIMITS, WaitsForNobody => nobody, COVERS;
    "limits/unread/ignored", LIMITS, NoPong => ignored, &["SocketTask.onMessage"];
    "limits/unread/behind-a-close", LIMITS, LosesMessage => behind_close, BEHIND, requires(PAUSES);
    "limits/unread/behind-an-end", LIMITS, FailsSilently => behind_end, BEHIND, requires(PAUSES);
    "limits/unread/a-break-is-noticed", LIMITS, NoticesEndLate => broken, BEHIND, requires(PAUSES);
}

const MIB: usize = 1 << 20;
const SIZE: usize = 64 << 10;

/// An open task without handler and stream, which keeps 1 MiB.
async fn unattended(cx: &Cx) -> Result<(Arc<dyn SocketTask>, Peer), Failure> {
    let peer = cx.peer(Behavior::Capture).await?;
    let bound = limits(|limits| limits.max_buffered_bytes = MIB);
    let option = ConnectSocketOption::new(peer.url()).limits(bound);
    let task = cx.connect(option).await?;
    task.opened().await?;
    Ok((task, peer))
}

/// A flood that nobody consumes ends the connection; the error names what helps.
async fn nobody(cx: Cx) -> Result<(), Failure> {
    let (task, peer) = unattended(&cx).await?;
    peer.act(Action::Flood {
        count: 64,
        size: SIZE,
    })
    .await?;
    let end = cx.soon("the end", task.closed()).await?;
    ensure_eq!(end, CloseEvent::abnormal(CloseCause::Transport), "close");
    let mut late = Live::new(task, peer);
    late.open().await?;
    let mut kept = 0;
    let error = loop {
        match late.events.next().await {
            Some(SocketEvent::Message(_)) => kept += 1,
            Some(SocketEvent::Error(event)) => break event.error,
            other => return Err(Failure::new(format!("got {other:?}, expected an error"))),
        }
    };
    ensure_eq!(error.kind(), ErrorKind::LimitExceeded, "kind of {error}");
    ensure!(
        error.reason().contains("ignore_messages"),
        "no remedy in {error}"
    );
    ensure!(
        kept * SIZE <= 2 * MIB,
        "{kept} messages of 64 KiB were kept"
    );
    late.close().await?;
    told_why(&cx, &late.peer).await
}

/// The peer is told that this side has its reasons (RFC 6455 §7.4.1).
async fn told_why(cx: &Cx, peer: &Peer) -> Result<(), Failure> {
    let code = peer.close_code().await?;
    let allowed = match code {
        Some(1008) => cx.declares(Capability::PeerErrorCodes),
        // Scripts may not send 1008 (WHATWG WebSockets §3.1 close).
        Some(4000..=4999) => !cx.declares(Capability::PeerErrorCodes),
        _ => false,
    };
    ensure!(allowed, "close code {code:?} at the peer");
    Ok(())
}

/// Twice the bound is dropped as it comes, and the task goes on.
async fn ignored(cx: Cx) -> Result<(), Failure> {
    let (task, peer) = unattended(&cx).await?;
    task.ignore_messages();
    peer.act(Action::Flood {
        count: 32,
        size: SIZE,
    })
    .await?;
    let payload = "behind the flood".to_owned();
    peer.act(Action::Ping { payload }).await?;
    peer.seen(Until::Pongs(1)).await?;
    ensure_eq!(task.ready_state(), ReadyState::Open, "state");
    let mut handlers = record(&task);
    peer.act(Action::Text {
        text: "wanted".into(),
    })
    .await?;
    loop {
        match handlers.next().await? {
            SocketEvent::Message(event) if event.data == Message::from("wanted") => break,
            SocketEvent::Open(_) => {}
            // A host that answers pings by itself may not have told all before that one.
            SocketEvent::Message(_) if !cx.declares(Capability::PeerErrorCodes) => {}
            other => return Err(Failure::new(format!("the handler was told {other:?}"))),
        }
    }
    task.close(CloseFrame::default()).await?;
    ensure_eq!(task.closed().await, own_close(Some(1000), ""), "close");
    Ok(())
}

/// A task whose stream holds as much as it may, unread, out of 16 messages that the peer has sent.
async fn behind(cx: &Cx) -> Result<Live, Failure> {
    let few = limits(|limits| limits.max_buffered_messages = 8);
    let live = cx
        .open_with(Behavior::Capture, |option| option.limits(few))
        .await?;
    let (pen, mut reader) = recorder();
    live.task.on_message(move |_| pen.write(()));
    live.peer
        .act(Action::Flood {
            count: 16,
            size: 1000,
        })
        .await?;
    for _ in 0..9 {
        reader.next().await?;
    }
    Ok(live)
}

async fn all_of_them(live: &mut Live) -> Result<(), Failure> {
    for at in 0..16_u8 {
        let message = live.message().await?;
        ensure!(message.as_bytes() == [at; 1000], "message {at} is another");
    }
    Ok(())
}

/// Behind what is unread the peer closes and ends TCP: who reads at last gets all of it.
async fn behind_close(cx: Cx) -> Result<(), Failure> {
    let mut live = behind(&cx).await?;
    let (code, reason) = (Some(4001), "bye".to_owned());
    live.peer.act(Action::Close { code, reason }).await?;
    live.peer.act(Action::End).await?;
    live.peer.seen(Until::Closed).await?;
    all_of_them(&mut live).await?;
    let close = live.close().await?;
    cx.closed_by_peer(&close, Some(4001), "bye")
}

/// The same without a Close frame: no message is lost.
async fn behind_end(cx: Cx) -> Result<(), Failure> {
    let mut live = behind(&cx).await?;
    live.peer.act(Action::End).await?;
    live.peer.seen(Until::Closed).await?;
    all_of_them(&mut live).await?;
    live.fails(ErrorKind::Transport).await?;
    Ok(())
}

/// A connection that breaks ends at once, though nobody reads.
async fn broken(cx: Cx) -> Result<(), Failure> {
    let mut live = behind(&cx).await?;
    live.peer.act(Action::Drop { reset: true }).await?;
    let end = cx.soon("the end", live.task.closed()).await?;
    ensure_eq!(end, CloseEvent::abnormal(CloseCause::Transport), "close");
    let refused = live
        .task
        .send("too late")
        .await
        .map_err(|error| error.kind());
    ensure_eq!(
        refused,
        Err(ErrorKind::InvalidState),
        "a send after the end"
    );
    for _ in 0..9 {
        live.message().await?;
    }
    loop {
        match live.events.next().await {
            Some(SocketEvent::Message(_)) => {}
            Some(SocketEvent::Error(event)) => {
                ensure_eq!(event.error.kind(), ErrorKind::Transport, "kind");
                break;
            }
            other => return Err(Failure::new(format!("got {other:?}, expected an error"))),
        }
    }
    live.close().await?;
    Ok(())
}
