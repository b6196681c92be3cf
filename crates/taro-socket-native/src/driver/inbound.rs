//! Bytes from the transport to events.

use std::{
    future::Future,
    io,
    task::{Context, Poll},
    time::Duration,
};

use taro_socket_api::adapter::{Batch, Emitter, Flow, overflow};
use tokio::time::Instant;

use super::{Driver, Phase, liveness::Liveness};
use crate::engine::{Inbound, Violation};

/// How often a paused driver looks whether TCP has ended: 4 times a second.
const WATCH: Duration = Duration::from_millis(250);
/// The close code for messages that nobody consumes. RFC 6455 §7.4.1: 1009 says that one message is too big, and
/// none was; 1008 stands where no other code does.
const NOBODY_CONSUMES: u16 = 1008;

/// Why decoding stopped.
enum Stop {
    Starved,
    Flow(Flow),
    Last(Last),
}

/// What ends the connection, behind the messages before it.
#[derive(Debug)]
pub(super) enum Last {
    Close(Option<u16>, String),
    Violation(Violation),
    Overflow,
}

impl Driver {
    /// Reads once and reports what has come; whether anything has.
    pub(super) fn read(&mut self, cx: &mut Context<'_>) -> bool {
        match self.phase {
            Phase::Finished => return false,
            Phase::Ended | Phase::HalfClosing | Phase::HalfClosed => return self.discard(cx),
            Phase::Open | Phase::Closing => {}
        }
        match self.last.take() {
            Some(Last::Close(code, reason)) => self.peer_closed(code, reason),
            Some(Last::Violation(violation)) => {
                let error = violation.error(&self.place);
                self.fail(violation.code, violation.reason, error);
            }
            // Meanwhile somebody may have come who consumes, or have closed: then what comes is dropped.
            Some(Last::Overflow) if self.emitter.flow() == Flow::Overflow => {
                self.fail(NOBODY_CONSUMES, "messages are not consumed", overflow());
            }
            Some(Last::Overflow) | None if self.paused => return self.resume(cx),
            Some(Last::Overflow) | None => return self.receive(cx),
        }
        true
    }

    /// Goes on with what was read before, once the consumers have caught up or nothing more can come.
    fn resume(&mut self, cx: &mut Context<'_>) -> bool {
        let waits = self.tail.is_none() && self.emitter.poll_ready(cx).is_pending();
        if waits && !self.watch(cx) {
            return false;
        }
        self.watch = None;
        self.paused = false;
        self.decode();
        true
    }

    /// Whether TCP has ended meanwhile. Bytes that come do not wake the driver, so it looks from time to time.
    fn watch(&mut self, cx: &mut Context<'_>) -> bool {
        if self.transport.has_ended() {
            self.notice_end();
            return true;
        }
        let watch = self
            .watch
            .get_or_insert_with(|| Box::pin(tokio::time::sleep(WATCH)));
        while watch.as_mut().poll(cx).is_ready() {
            watch.as_mut().reset(Instant::now() + WATCH);
        }
        false
    }

    fn receive(&mut self, cx: &mut Context<'_>) -> bool {
        match self.transport.poll_read(cx, self.decoder.room()) {
            Poll::Pending => {
                self.decoder.release();
                self.encoder.release();
                false
            }
            Poll::Ready(outcome) => {
                self.received(outcome);
                true
            }
        }
    }

    fn received(&mut self, outcome: io::Result<usize>) {
        let bytes = match outcome {
            Ok(bytes) if bytes > 0 => bytes,
            outcome => return self.lost(outcome.err()),
        };
        self.decoder.filled(bytes);
        if let Some(liveness) = &mut self.liveness {
            liveness.heard();
        }
        self.decode();
        if let Some(tail) = &mut self.tail {
            *tail = tail.saturating_sub(bytes);
            if *tail == 0 && self.last.is_none() {
                self.lost_behind_the_tail();
            }
        }
    }

    /// Reports all that is in the buffer, messages in one batch.
    pub(super) fn decode(&mut self) {
        let mut batch = None;
        let stop = loop {
            match self.decoder.next() {
                Ok(Some(Inbound::Message(message))) => {
                    let batch = batch.get_or_insert_with(|| self.emitter.batch());
                    let flow = batch.message(message);
                    if flow != Flow::Continue {
                        break Stop::Flow(flow);
                    }
                }
                Ok(Some(Inbound::Ping(payload))) if self.phase == Phase::Open => {
                    self.encoder.pong(payload);
                }
                Ok(Some(Inbound::Pong(payload))) => {
                    answered(self.liveness.as_mut(), &payload, &self.emitter);
                }
                Ok(Some(Inbound::Ping(_))) => {}
                Ok(Some(Inbound::Close(code, reason))) => {
                    break Stop::Last(Last::Close(code, reason));
                }
                Ok(None) => break Stop::Starved,
                Err(violation) => break Stop::Last(Last::Violation(violation)),
            }
        };
        let flow = batch.map_or(Flow::Continue, Batch::finish);
        match stop {
            Stop::Starved => self.follow(flow),
            Stop::Flow(flow) => self.follow(flow),
            Stop::Last(last) => self.last = Some(last),
        }
    }

    /// What is left in the buffer is decoded in the next turn, or when the consumers have caught up.
    fn follow(&mut self, flow: Flow) {
        self.paused = flow != Flow::Continue;
        self.yields = flow == Flow::Yield;
        if flow == Flow::Overflow {
            self.last = Some(Last::Overflow);
        }
    }
}

/// A Pong that answers our Ping tells how long the way takes.
fn answered(liveness: Option<&mut Liveness>, pong: &[u8], emitter: &Emitter) {
    if let Some(took) = liveness.and_then(|liveness| liveness.answered(pong)) {
        emitter.answered(took);
    }
}
