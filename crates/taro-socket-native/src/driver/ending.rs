//! How a connection ends, and what is still done then.

use std::{
    io, mem,
    task::{Context, Poll},
    time::Duration,
};

use bytes::BytesMut;
use taro_socket_api::{CloseCause, CloseEvent, Error, ReadyState};

use super::{Driver, Phase};
use crate::{engine::Encoder, error};

/// How long, after the end was reported, the server may take to end TCP (RFC 6455 §7.1.1), and how long it is read on
/// once this side has ended it: 2 s.
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

    /// This side wants the end now. Nothing more is written; what the system was handed before may still arrive.
    pub(super) fn abort(&mut self) {
        self.encoder = Encoder::new(usize::MAX);
        self.report(CloseEvent::abnormal(CloseCause::Local));
        self.half_close();
    }

    /// Ends TCP on this side, behind what is left, and reads on for a while. A socket that is closed with bytes unread,
    /// or that gets some afterwards, is reset, and what the system was handed would be lost with it.
    fn half_close(&mut self) {
        self.phase = Phase::HalfClosing;
        self.start_timer(LINGER);
    }

    /// The timer has run out.
    pub(super) fn timed_out(&mut self) {
        match self.phase {
            Phase::Open | Phase::Closing if self.broken.is_some() => self.lost(None),
            Phase::Open | Phase::Closing => {
                self.report(CloseEvent::abnormal(CloseCause::Timeout));
                self.half_close();
            }
            Phase::Ended if self.broken.is_none() => self.half_close(),
            _ => self.phase = Phase::Finished,
        }
    }

    /// Writing failed. The peer's Close frame may have come before: it is read until the end of TCP comes, which the
    /// system tells soon. Until then `Pending` proves nothing: tokio may not have heard of the bytes yet, or the budget
    /// of this turn is used up.
    pub(super) fn write_failed(&mut self, error: io::Error) {
        self.broken = Some(error);
        self.notice_end();
        if matches!(self.phase, Phase::Open | Phase::Closing) {
            self.start_timer(LINGER);
        }
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
        let cause = self.failed(error);
        self.end(CloseEvent::abnormal(cause));
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
        let cause = self.failed(error::transport(&self.place, error));
        self.report(CloseEvent::abnormal(cause));
        self.phase = Phase::Finished;
    }

    /// More has come before the end of TCP than is read.
    pub(super) fn lost_behind_the_tail(&mut self) {
        self.lost(None);
        self.half_close();
    }

    /// Keeps the error, unless this side has asked for the end: then it is no failure. The cause of the end.
    fn failed(&self, error: Error) -> CloseCause {
        if self.emitter.ready_state() != ReadyState::Open {
            return CloseCause::Local;
        }
        self.emitter.failed(error);
        CloseCause::Transport
    }

    /// Waits for the server to end TCP.
    pub(super) fn discard(&mut self, cx: &mut Context<'_>) -> bool {
        let mut dropped = BytesMut::with_capacity(4096);
        match self.transport.poll_read(cx, &mut dropped) {
            Poll::Pending => false,
            Poll::Ready(Ok(bytes)) if bytes > 0 => true,
            _ => {
                self.phase = Phase::Finished;
                true
            }
        }
    }
}

impl Drop for Driver {
    /// The runtime has ended before the connection, or code of the program has panicked on it.
    fn drop(&mut self) {
        if self.queue.is_some() {
            let cause = self.failed(error::given_up(&self.place));
            self.report(CloseEvent::abnormal(cause));
        }
    }
}
