//! One open connection: reads, lets the behaviour react, writes, and files what was seen.

use std::io;

use bytes::BytesMut;
use taro_socket_test_protocol::{Action, End};
use tokio::sync::mpsc;
use tokio::time::sleep;

use crate::behaviours::Script;
use crate::filed::Filed;
use crate::limits::HOLD_TIME;
use crate::peer::{Ending, Peer};
use crate::registry::Command;
use crate::stream::{Step, Stream};
use crate::wire::frame;
use crate::wire::incoming::{Event, Incoming, Violation};

/// What a connection does from the 101 answer on.
pub(crate) struct Session {
    pub(crate) stream: Stream,
    pub(crate) incoming: Incoming,
    pub(crate) peer: Peer,
    pub(crate) script: Box<dyn Script>,
    pub(crate) filed: Filed,
    pub(crate) commands: mpsc::UnboundedReceiver<Command>,
}

/// What woke the session.
enum Wake {
    Command(Command),
    Io(io::Result<Step>),
    Gone(End),
}

impl Session {
    /// Runs until TCP has ended.
    pub(crate) async fn run(mut self) {
        // Frames may have come with the request head.
        self.process();
        loop {
            self.peer.refill();
            if let Some(ending) = self.peer.ending() {
                return self.end_locally(ending).await;
            }
            match self.wake().await {
                Wake::Command((action, done)) => {
                    self.act(action);
                    let _ = done.send(());
                }
                Wake::Io(Ok(Step::Wrote)) => {}
                Wake::Io(Ok(Step::Read)) => self.process(),
                Wake::Io(Ok(Step::Eof)) => return self.ended(End::Eof).await,
                Wake::Io(Err(_)) => return self.ended(End::Reset).await,
                Wake::Gone(end) => return self.ended(end).await,
            }
        }
    }

    async fn wake(&mut self) -> Wake {
        let reads = self.peer.reads();
        // Writing tells by itself that the client is gone; a silent connection that does not read has to look.
        let idle = !reads && self.peer.ready.is_empty();
        if idle {
            return tokio::select! {
                Some(command) = self.commands.recv() => Wake::Command(command),
                end = self.stream.gone() => Wake::Gone(end),
            };
        }
        let (ready, buffer) = (&mut self.peer.ready, &mut self.incoming.buffer);
        tokio::select! {
            biased;
            Some(command) = self.commands.recv() => Wake::Command(command),
            step = self.stream.step(ready, buffer, reads) => Wake::Io(step),
        }
    }

    fn process(&mut self) {
        while let Some(event) = self.incoming.next() {
            match event {
                Event::Message { kind, payload } => {
                    self.filed.message(kind, &payload);
                    self.script.message(&mut self.peer, kind, &payload);
                }
                Event::Ping(payload) => {
                    self.filed.ping(&payload);
                    self.peer.frame(true, frame::PONG, &payload);
                }
                Event::Pong(payload) => self.filed.pong(&payload),
                Event::Close(close) => {
                    self.filed.close(close.clone());
                    self.script.close(&mut self.peer, &close);
                }
                Event::Violation(violation) => self.violated(violation),
            }
        }
    }

    fn violated(&mut self, violation: Violation) {
        self.filed.violation(violation.text);
        if let Some(close) = violation.close {
            self.filed.close(close);
        }
        if let Some(code) = violation.answer {
            self.peer.close(Some(code), "");
            self.peer.end(Ending::Fin);
        }
    }

    fn act(&mut self, action: Action) {
        let peer = &mut self.peer;
        match action {
            Action::Text { text } => peer.frame(true, frame::TEXT, text.as_bytes()),
            Action::Binary { bytes } => peer.frame(true, frame::BINARY, &bytes),
            Action::Ping { payload } => peer.frame(true, frame::PING, payload.as_bytes()),
            Action::Close { code, reason } => peer.close(code, &reason),
            Action::Drop { reset: true } => peer.drop_now(Ending::Reset),
            Action::Drop { reset: false } => peer.drop_now(Ending::Fin),
            Action::End => peer.end(Ending::Fin),
            Action::Stall => peer.stall(true),
            Action::Resume => peer.stall(false),
            Action::Flood { count, size } => peer.flood(count, size),
            Action::Raw { bytes } => peer.repeat_raw(bytes, 1),
            // `Action` may grow; an unknown one has no effect.
            _ => {}
        }
    }

    /// Ends TCP and files what still arrives, without answering it.
    async fn end_locally(mut self, ending: Ending) {
        self.filed.end(End::Local);
        let mut buffer = BytesMut::new();
        self.stream.end(ending, &mut buffer).await;
        self.incoming.buffer.unsplit(buffer);
        while let Some(event) = self.incoming.next() {
            match event {
                Event::Message { kind, payload } => self.filed.message(kind, &payload),
                Event::Close(close) => self.filed.close(close),
                Event::Violation(violation) => self.filed.violation(violation.text),
                Event::Ping(payload) => self.filed.ping(&payload),
                Event::Pong(payload) => self.filed.pong(&payload),
            }
        }
    }

    async fn ended(self, end: End) {
        self.filed.end(end);
        drop(self.filed);
        if self.peer.is_held() && end == End::Eof {
            sleep(HOLD_TIME).await;
        }
    }
}
