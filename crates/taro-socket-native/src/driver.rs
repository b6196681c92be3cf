//! The IO loop of one established connection.

mod ending;
mod inbound;
mod liveness;
mod outbound;

use std::{
    collections::VecDeque,
    future::{Future, poll_fn},
    io,
    pin::Pin,
    task::{Context, Poll},
    time::Duration,
};

use bytes::BytesMut;
use taro_socket_api::{
    CloseCause, CloseEvent, KeepAlive, Limits, OpenEvent,
    adapter::{Completion, Emitter},
};
use tokio::time::Sleep;

use inbound::Last;
use liveness::Liveness;

use crate::{
    engine::{Decoder, Encoder, Unsent},
    queue::{Receiver, Requests},
    transport::Transport,
};

/// Rounds of taking, writing and reading before other tasks of the runtime get their turn.
const ROUNDS: usize = 16;

/// How far the closing handshake has come.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Phase {
    /// No Close frame was sent or received.
    Open,
    /// Ours was sent; the peer's is awaited.
    Closing,
    /// The end was reported; what is left is written, the rest of TCP is read and dropped until the server ends it.
    Ended,
    /// As ended; behind what is left this side ends TCP.
    HalfClosing,
    /// As ended; this side has ended TCP.
    HalfClosed,
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
    /// Where the connection leads, as `host:port`.
    place: Box<str>,
    transport: Transport,
    decoder: Decoder,
    encoder: Encoder,
    /// `None` once the end is reported: what is pushed later is told at once that it is too late.
    queue: Option<Receiver>,
    /// Taken from the queue and not encoded yet.
    requests: Requests,
    /// Encoded and not wholly written yet.
    unsent: Unsent,
    /// Who waits until so many bytes have been written in all and handed to the system.
    flushes: VecDeque<(u64, Completion)>,
    phase: Phase,
    /// Came behind messages that the user may want to answer: it is acted on in the next turn.
    last: Option<Last>,
    /// A consumer is behind: nothing is read until it has caught up.
    paused: bool,
    /// Other tasks come before the next round.
    yields: bool,
    /// Wakes a driver that is paused, to look whether TCP has ended.
    watch: Option<Pin<Box<Sleep>>>,
    /// TCP has ended or broken: how many bytes of what came before may still be read.
    tail: Option<usize>,
    /// Why writing failed.
    broken: Option<io::Error>,
    /// Runs while an end is awaited: the peer's Close frame, or the end of TCP.
    timer: Option<Pin<Box<Sleep>>>,
    /// Asks a server that says nothing, where that is wanted.
    liveness: Option<Liveness>,
    /// Told last of all.
    emitter: Emitter,
}

impl Driver {
    /// Boxed, so that the task stays small while it is moved about.
    pub(crate) fn new(
        transport: Transport,
        leftover: BytesMut,
        place: String,
        limits: Limits,
        keep_alive: Option<KeepAlive>,
        emitter: Emitter,
        queue: Receiver,
    ) -> Box<Self> {
        Box::new(Self {
            place: place.into(),
            transport,
            decoder: Decoder::new(limits, &leftover),
            encoder: Encoder::new(limits.max_sent_frame_bytes),
            queue: Some(queue),
            requests: Requests::default(),
            unsent: Unsent::default(),
            flushes: VecDeque::new(),
            phase: Phase::Open,
            last: None,
            paused: false,
            yields: false,
            watch: None,
            tail: None,
            broken: None,
            timer: None,
            liveness: keep_alive.map(Liveness::new),
            emitter,
        })
    }

    /// Reports open and drives the connection to its end.
    pub(crate) async fn run(mut self: Box<Self>, open: OpenEvent) {
        if !self.emitter.opened(open) {
            // Closed while connecting: it never opens, and the peer is not asked.
            return self.report(CloseEvent::abnormal(CloseCause::Local));
        }
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
            let late = self.poll_timer(cx);
            if self.phase == Phase::Finished {
                return Poll::Ready(Turn::Done);
            }
            if self.last.is_some() || std::mem::take(&mut self.yields) {
                break;
            }
            if !(unwritten || read || late || self.pulse(cx)) && self.park(cx) {
                return Poll::Pending;
            }
        }
        Poll::Ready(Turn::Yield)
    }

    /// Whether what was taken has been encoded and written, so that more can be taken in order.
    fn is_free(&self) -> bool {
        let goes_on = matches!(self.phase, Phase::Open | Phase::Closing);
        goes_on && self.requests.is_empty() && self.encoder.is_empty()
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

    /// Whether the timer has run out.
    fn poll_timer(&mut self, cx: &mut Context<'_>) -> bool {
        let Some(timer) = &mut self.timer else {
            return false;
        };
        if timer.as_mut().poll(cx).is_pending() {
            return false;
        }
        self.timer = None;
        self.timed_out();
        true
    }
}
