//! The IO loop of one established connection.

mod inbound;
mod outbound;

use std::{
    future::{Future, poll_fn},
    io,
    pin::Pin,
    task::{Context, Poll},
    time::Duration,
};

use bytes::BytesMut;
use taro_socket_api::{CloseCause, CloseEvent, Emitter, Limits, ReadyState};
use tokio::time::Sleep;

use inbound::Last;

use crate::{
    engine::{Account, Decoder, Encoder},
    error,
    queue::{Receiver, Requests},
    transport::Transport,
};

/// How long, after the end was reported, the server may take to end TCP (RFC 6455 §7.1.1): 2 s.
const LINGER: Duration = Duration::from_secs(2);
/// Rounds of taking, writing and reading before other tasks of the runtime get their turn.
const ROUNDS: usize = 16;

/// How far the closing handshake has come.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Phase {
    /// No Close frame was sent or received.
    Open,
    /// Ours was sent; the peer's is awaited.
    Closing,
    /// The end was reported; what is left is written, the rest of TCP is read and dropped.
    Ended,
    /// Nothing is left to do.
    Finished,
}

/// Why a turn of the driver is over.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Turn {
    /// Other tasks of the runtime come first.
    Yield,
    Done,
}

/// Owns the connection. Reading goes on while writing is blocked, and the other way round.
#[derive(Debug)]
pub(crate) struct Driver {
    transport: Transport,
    decoder: Decoder,
    encoder: Encoder,
    emitter: Emitter,
    /// `None` once the end is reported: what is pushed later is told at once that it is too late.
    queue: Option<Receiver>,
    /// Taken from the queue and not encoded yet.
    requests: Requests,
    /// Encoded and not completely written yet.
    account: Account,
    phase: Phase,
    /// Came behind messages that the user may want to answer: it is acted on in the next turn.
    last: Option<Last>,
    /// A consumer is behind: nothing is read until it has caught up.
    paused: bool,
    /// Other tasks come before the next round.
    yields: bool,
    /// Writing failed; what was received before may still be read.
    broken: Option<io::Error>,
    timer: Option<Pin<Box<Sleep>>>,
}

impl Driver {
    /// Boxed, so that the task stays small while it is moved about.
    pub(crate) fn new(
        transport: Transport,
        leftover: BytesMut,
        limits: Limits,
        emitter: Emitter,
        queue: Receiver,
    ) -> Box<Self> {
        Box::new(Self {
            transport,
            decoder: Decoder::new(limits, leftover),
            encoder: Encoder::default(),
            emitter,
            queue: Some(queue),
            requests: Requests::default(),
            account: Account::default(),
            phase: Phase::Open,
            last: None,
            paused: false,
            yields: false,
            broken: None,
            timer: None,
        })
    }

    /// Drives the open connection to its end.
    pub(crate) async fn run(mut self: Box<Self>) {
        // Messages may have come in the same read as the handshake's answer.
        self.decode();
        loop {
            // Also before the first turn: the user may want to answer what came with the handshake.
            tokio::task::yield_now().await;
            if poll_fn(|cx| self.poll(cx)).await == Turn::Done {
                return;
            }
        }
    }

    fn poll(&mut self, cx: &mut Context<'_>) -> Poll<Turn> {
        for _ in 0..ROUNDS {
            self.take();
            let unwritten = self.write(cx);
            let read = self.read(cx);
            self.poll_timer(cx);
            if self.phase == Phase::Finished {
                return Poll::Ready(Turn::Done);
            }
            if self.last.is_some() || std::mem::take(&mut self.yields) {
                break;
            }
            if !unwritten && !read && self.park(cx) {
                return Poll::Pending;
            }
        }
        Poll::Ready(Turn::Yield)
    }

    /// Whether what was taken has been encoded and written, so that more can be taken in order.
    fn is_free(&self) -> bool {
        self.phase == Phase::Open && self.requests.is_empty() && self.encoder.is_empty()
    }

    /// Takes what the task has asked for.
    fn take(&mut self) {
        let Some(queue) = &self.queue else {
            return;
        };
        let free = self.is_free();
        if free {
            queue.take(&mut self.requests);
            self.encoder.adopt(&mut self.requests.staged);
            self.account.append(&mut self.requests.staged.account);
        }
        let asked = self.requests.close.is_some() || (!free && queue.has_close());
        if asked && self.timer.is_none() {
            // The peer's time runs from here, also when it does not read what comes before.
            self.start_timer(self.emitter.limits().close_timeout);
        }
    }

    fn park(&self, cx: &Context<'_>) -> bool {
        let free = self.is_free();
        self.queue
            .as_ref()
            .is_none_or(|queue| queue.park(cx, free, self.timer.is_some()))
    }

    fn start_timer(&mut self, duration: Duration) {
        self.timer = Some(Box::pin(tokio::time::sleep(duration)));
    }

    fn poll_timer(&mut self, cx: &mut Context<'_>) {
        let Some(timer) = &mut self.timer else {
            return;
        };
        if timer.as_mut().poll(cx).is_pending() {
            return;
        }
        self.timer = None;
        if self.phase != Phase::Ended {
            self.end(CloseEvent::abnormal(CloseCause::Timeout));
        }
        self.phase = Phase::Finished;
    }

    /// Reports the end. What was not sent is given up.
    fn end(&mut self, event: CloseEvent) {
        self.phase = Phase::Ended;
        self.start_timer(LINGER);
        let asked = self
            .requests
            .close
            .take()
            .or_else(|| self.queue.as_ref()?.take_close());
        if let Some((_, done)) = asked {
            done.succeed();
        }
        // Completions report `Aborted` when dropped; they run the user's code, so the state is settled before.
        let left = (
            self.queue.take(),
            std::mem::take(&mut self.requests),
            std::mem::take(&mut self.account),
        );
        drop(left);
        self.emitter.closed(event);
    }

    /// TCP has ended without the peer's Close frame.
    fn lost(&mut self, error: Option<io::Error>) {
        if self.emitter.ready_state() == ReadyState::Open {
            let ended = || {
                io::Error::new(
                    io::ErrorKind::UnexpectedEof,
                    "it ended without a Close frame",
                )
            };
            let error = self.broken.take().or(error).unwrap_or_else(ended);
            self.emitter.failed(error::transport(error));
            self.end(CloseEvent::abnormal(CloseCause::Transport));
        } else if self.phase != Phase::Ended {
            self.end(CloseEvent::abnormal(CloseCause::Local));
        }
        self.phase = Phase::Finished;
    }
}
