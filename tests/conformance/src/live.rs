//! A task, its peer and its events.

use std::{fmt, sync::Arc};

use taro_socket_api::{
    CloseCause, CloseEvent, CloseFrame, Error, ErrorKind, EventStream, Message, OpenEvent,
    ReadyState, SocketEvent, SocketTask,
};

use crate::{Failure, Observation, Peer, Until};

/// A task, its peer and its events. Each step fails when another event comes first.
#[derive(Debug)]
pub(crate) struct Live {
    pub(crate) task: Arc<dyn SocketTask>,
    pub(crate) peer: Peer,
    pub(crate) events: EventStream,
}

impl Live {
    pub(crate) fn new(task: Arc<dyn SocketTask>, peer: Peer) -> Self {
        let events = task.events();
        Self { task, peer, events }
    }

    async fn next(&mut self, wanted: &str) -> Result<SocketEvent, Failure> {
        let event = self.events.next().await;
        event.ok_or_else(|| Failure::new(format!("the events ended, expected {wanted}")))
    }

    /// The next event is Open.
    pub(crate) async fn open(&mut self) -> Result<OpenEvent, Failure> {
        match self.next("open").await? {
            SocketEvent::Open(open) => Ok(open),
            other => Err(unexpected(&other, "open")),
        }
    }

    /// The next event is a message.
    pub(crate) async fn message(&mut self) -> Result<Message, Failure> {
        match self.next("a message").await? {
            SocketEvent::Message(message) => Ok(message.data),
            other => Err(unexpected(&other, "a message")),
        }
    }

    /// The next event is an error.
    pub(crate) async fn error(&mut self) -> Result<Error, Failure> {
        match self.next("an error").await? {
            SocketEvent::Error(event) => Ok(event.error),
            other => Err(unexpected(&other, "an error")),
        }
    }

    /// The next event is the close, and nothing follows.
    pub(crate) async fn close(&mut self) -> Result<CloseEvent, Failure> {
        let close = match self.next("close").await? {
            SocketEvent::Close(close) => close,
            other => return Err(unexpected(&other, "close")),
        };
        if let Some(more) = self.events.next().await {
            return Err(unexpected(&more, "nothing after close"));
        }
        ensure_eq!(self.task.ready_state(), ReadyState::Closed);
        ensure_eq!(self.task.closed().await, close, "closed()");
        Ok(close)
    }

    /// The next events are an error of this kind and an unclean close 1006 of cause `Transport`.
    pub(crate) async fn fails(&mut self, kind: ErrorKind) -> Result<Error, Failure> {
        self.fails_by(kind, CloseCause::Transport).await
    }

    /// As [`fails`](Self::fails), with this cause.
    pub(crate) async fn fails_by(
        &mut self,
        kind: ErrorKind,
        cause: CloseCause,
    ) -> Result<Error, Failure> {
        let error = self.error().await?;
        ensure_eq!(error.kind(), kind, "kind of {error}");
        ensure!(!error.reason().is_empty(), "the error has no text");
        let close = self.close().await?;
        ensure_eq!(close, CloseEvent::abnormal(cause), "close after {error}");
        Ok(error)
    }

    /// Sends `message` and gets the same back.
    pub(crate) async fn echo(&mut self, message: impl Into<Message>) -> Result<(), Failure> {
        let message = message.into();
        self.task.send(message.clone()).await?;
        let back = self.message().await?;
        ensure!(
            back == message,
            "sent {}, got {} back",
            brief(&message),
            brief(&back)
        );
        Ok(())
    }

    /// Closes with 1000 and expects the peer's answer.
    pub(crate) async fn finish(&mut self) -> Result<(), Failure> {
        self.task.close(CloseFrame::default()).await?;
        let close = self.close().await?;
        let expected = own_close(Some(1000), "");
        ensure_eq!(close, expected, "close");
        self.peer_got_close(Some(1000), "").await?;
        Ok(())
    }

    /// The peer received this Close frame.
    pub(crate) async fn peer_got_close(
        &self,
        code: Option<u16>,
        reason: &str,
    ) -> Result<Observation, Failure> {
        peer_got_close(&self.peer, code, reason).await
    }
}

/// The close of an end that this side had asked for, however it came.
pub(crate) fn requested(mut close: CloseEvent) -> CloseEvent {
    close.requested = true;
    close
}

/// The close of this side's own `close`, answered so.
pub(crate) fn own_close(code: Option<u16>, reason: &str) -> CloseEvent {
    requested(CloseEvent::clean(code, reason, CloseCause::Local))
}

/// The peer received this Close frame.
pub(crate) async fn peer_got_close(
    peer: &Peer,
    code: Option<u16>,
    reason: &str,
) -> Result<Observation, Failure> {
    let seen = peer.seen(Until::Closed).await?;
    let Some(close) = &seen.close else {
        return Err(Failure::new(format!(
            "no Close frame reached the peer: {}",
            Brief(&seen)
        )));
    };
    ensure_eq!(
        (close.code, close.reason.as_str()),
        (code, reason),
        "Close frame at the peer"
    );
    Ok(seen)
}

fn unexpected(event: &SocketEvent, wanted: &str) -> Failure {
    let text = match event {
        SocketEvent::Message(message) => format!("a message, {}", brief(&message.data)),
        other => format!("{other:?}"),
    };
    Failure::new(format!("got {text}, expected {wanted}"))
}

/// A message for a failure's text.
pub(crate) fn brief(message: &Message) -> String {
    if message.len() <= 64 {
        return format!("{message:?}");
    }
    let kind = if message.as_text().is_some() {
        "text"
    } else {
        "binary"
    };
    let head = message.as_bytes().iter().take(8).collect::<Vec<_>>();
    format!("{kind} of {} bytes, {head:?}..", message.len())
}

/// An observation for a failure's text: what there are many of is counted.
pub(crate) struct Brief<'a>(pub(crate) &'a Observation);

impl fmt::Display for Brief<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let seen = self.0;
        let (requests, messages, pongs) =
            (seen.requests.len(), seen.messages.len(), seen.pongs.len());
        write!(
            f,
            "{requests} requests, opened: {}, {messages} messages, {pongs} pongs",
            seen.opened
        )?;
        write!(f, ", close: {:?}, end: {:?}", seen.close, seen.end)
    }
}
