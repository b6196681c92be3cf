//! Bytes from the transport to events.

use std::{
    io,
    task::{Context, Poll},
};

use bytes::BytesMut;
use taro_socket_api::{Batch, CloseCause, CloseEvent, Flow, ReadyState};

use super::{Driver, Phase};
use crate::engine::{Inbound, Violation};

/// Why decoding stopped.
enum Stop {
    Starved,
    Flow(Flow),
    Last(Last),
}

/// What ends the connection from the peer's side.
#[derive(Debug)]
pub(super) enum Last {
    Close(Option<u16>, String),
    Violation(Violation),
}

impl Driver {
    /// Reads once and reports what has come; whether anything has.
    pub(super) fn read(&mut self, cx: &mut Context<'_>) -> bool {
        match self.phase {
            Phase::Finished => return false,
            Phase::Ended => return self.discard(cx),
            Phase::Open | Phase::Closing => {}
        }
        match self.last.take() {
            Some(Last::Close(code, reason)) => self.peer_closed(code, reason),
            Some(Last::Violation(violation)) => self.fail(&violation),
            None => return self.receive(cx),
        }
        true
    }

    fn receive(&mut self, cx: &mut Context<'_>) -> bool {
        if self.paused {
            if self.emitter.poll_ready(cx).is_pending() {
                return false;
            }
            self.paused = false;
            self.decode();
            return true;
        }
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
        match outcome {
            Ok(0) => self.lost(None),
            Ok(bytes) => {
                self.decoder.filled(bytes);
                self.decode();
            }
            Err(error) => self.lost(Some(error)),
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
                    self.encoder.pong(payload)
                }
                Ok(Some(Inbound::Ping(_) | Inbound::Pong)) => {}
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
    }

    /// The peer's Close frame: the answer to ours, or the beginning of the end (RFC 6455 §5.5.1).
    fn peer_closed(&mut self, code: Option<u16>, reason: String) {
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
    fn fail(&mut self, violation: &Violation) {
        if self.phase == Phase::Open {
            self.encoder.close(Some(violation.code), violation.reason);
        }
        self.emitter.failed(violation.error());
        self.end(CloseEvent::abnormal(CloseCause::Transport));
    }

    /// Waits for the server to end TCP; closing it with bytes unread would reset it and might cost it our Close frame.
    fn discard(&mut self, cx: &mut Context<'_>) -> bool {
        let mut dropped = BytesMut::with_capacity(4096);
        match self.transport.poll_read(cx, &mut dropped) {
            Poll::Pending => false,
            Poll::Ready(Ok(bytes)) if bytes > 0 => true,
            Poll::Ready(_) => {
                self.phase = Phase::Finished;
                true
            }
        }
    }
}
