//! How a connection ends, and what is still done then.

use std::{
    io, mem,
    task::{Context, Poll},
    time::Duration,
};

use bytes::BytesMut;
use taro_socket_api::{CloseCause, CloseEvent, Error, ErrorKind, ReadyState};

use super::{Driver, Phase};
use crate::error;

/// How long, after the end was reported, the server may take to end TCP (RFC 6455 §7.1.1): 2 s.
const LINGER: Duration = Duration::from_secs(2);
/// Most bytes that are read once TCP has ended, whoever is behind: 8 MiB, which is more than systems hold by default.
const TAIL: usize = 8 << 20;

impl Driver {
    /// Reports the end and gives up what was not sent. Nothing is copied: of a message under way the rest is still
    /// written, piece by piece, if the peer goes on reading.
    fn end(&mut self, event: CloseEvent) {
        self.phase = Phase::Ended;
        self.start_timer(LINGER);
        self.report(event);
    }

    /// Reports the end. Whoever waits for a send or a flush is told before.
    pub(super) fn report(&mut self, event: CloseEvent) {
        let unsent = (
            mem::take(&mut self.unsent),
            mem::take(&mut self.requests),
            mem::take(&mut self.flushes),
            self.queue.take(),
        );
        self.emitter.closed_after(event, unsent);
    }

    /// This side wants the end now. The transport is dropped without a word: what the system was handed before may
    /// still arrive.
    pub(super) fn abort(&mut self) {
        self.report(CloseEvent::abnormal(CloseCause::Local));
        self.phase = Phase::Finished;
    }

    /// The peer's Close frame: the answer to ours, or the beginning of the end (RFC 6455 §5.5.1).
    pub(super) fn peer_closed(&mut self, code: Option<u16>, reason: String) {
        let local = self.emitter.ready_state() == ReadyState::Closing;
        if self.phase == Phase::Open {
            self.encoder.close(code, &reason);
        }
        let cause = if local {
            CloseCause::Local
        } else {
            CloseCause::Remote
        };
        self.end(CloseEvent::clean(code, reason, cause));
    }

    /// Fails the connection: tells the peer why, then the user (RFC 6455 §7.1.7).
    pub(super) fn fail(&mut self, code: u16, reason: &str, error: Error) {
        if self.phase == Phase::Open {
            self.encoder.close(Some(code), reason);
        }
        self.emitter.failed(error);
        self.end(CloseEvent::abnormal(CloseCause::Transport));
    }

    /// TCP has ended or broken. No more can come than what the system holds: it is read now, for a Close frame may be
    /// in it.
    pub(super) fn notice_end(&mut self) {
        self.tail.get_or_insert(TAIL);
    }

    /// TCP has ended without the peer's Close frame.
    pub(super) fn lost(&mut self, error: Option<io::Error>) {
        let ended = || {
            io::Error::new(
                io::ErrorKind::UnexpectedEof,
                "it ended without a Close frame",
            )
        };
        let error = self.broken.take().or(error).unwrap_or_else(ended);
        self.broke(error::transport(error));
        self.phase = Phase::Finished;
    }

    /// What this side has asked to end is no failure.
    fn broke(&mut self, error: Error) {
        let cause = if self.emitter.ready_state() == ReadyState::Open {
            self.emitter.failed(error);
            CloseCause::Transport
        } else {
            CloseCause::Local
        };
        self.report(CloseEvent::abnormal(cause));
    }

    /// Waits for the server to end TCP; closing it with bytes unread would reset it and might cost it our Close frame.
    pub(super) fn discard(&mut self, cx: &mut Context<'_>) -> bool {
        let mut dropped = BytesMut::with_capacity(4096);
        match self.transport.poll_read(cx, &mut dropped) {
            Poll::Pending if self.broken.is_none() => false,
            Poll::Ready(Ok(bytes)) if bytes > 0 => true,
            _ => {
                self.phase = Phase::Finished;
                true
            }
        }
    }
}

impl Drop for Driver {
    /// The runtime has ended before the connection.
    fn drop(&mut self) {
        if self.queue.is_some() {
            let text = "the connection was given up: its runtime has ended";
            self.broke(Error::new(ErrorKind::Aborted, text));
        }
    }
}
