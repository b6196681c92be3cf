//! Messages to bytes to the transport.

use std::{
    mem,
    task::{Context, Poll},
};

use taro_socket_api::adapter::Completion;
use tokio::time::Instant;

use super::{Driver, Phase};
use crate::{engine::Account, queue::Outgoing};

/// Writes in a row before reading gets its turn: 16, about 1 MiB.
const WRITES: usize = 16;

impl Driver {
    /// Takes what the task has asked for.
    pub(super) fn take(&mut self) {
        let free = self.is_free();
        let Some(queue) = &self.queue else {
            return;
        };
        let asked = queue.take(free.then_some(&mut self.requests));
        if asked.aborted {
            return self.abort();
        }
        if free {
            self.take_staged();
        }
        if (asked.close || self.requests.close.is_some()) && self.timer.is_none() {
            // It begins anew as bytes leave; a peer that reads nothing has no more.
            self.start_timer(self.emitter.limits().close_timeout);
        }
    }

    fn take_staged(&mut self) {
        let staged = &mut self.requests.staged;
        if self.phase == Phase::Open {
            self.encoder.take_staged(staged);
            self.unsent.push(self.encoder.end(), &mut staged.account);
        } else if !staged.is_empty() {
            drop(mem::take(staged));
        }
    }

    /// Encodes and writes until nothing is left or the transport is full; `true` if there was too much for
    /// one go, or the peer's end is to be looked for.
    pub(super) fn write(&mut self, cx: &mut Context<'_>) -> bool {
        if self.broken.is_some() || self.phase == Phase::HalfClosed {
            return false;
        }
        for _ in 0..WRITES {
            self.fill();
            let empty = self.encoder.pending().is_empty();
            let flushes = empty || self.flush_is_due();
            let outcome = if empty && self.phase == Phase::HalfClosing {
                self.transport.poll_shutdown(cx).map_ok(|()| 0)
            } else if flushes {
                self.transport.poll_flush(cx).map_ok(|()| 0)
            } else {
                self.transport.poll_write(cx, self.encoder.pending())
            };
            match outcome {
                Poll::Ready(Ok(_)) if flushes => {
                    self.flushed();
                    if empty {
                        self.emptied();
                        return false;
                    }
                }
                Poll::Ready(Ok(written)) => self.written(written),
                Poll::Ready(Err(error)) => {
                    self.write_failed(error);
                    return true;
                }
                Poll::Pending => return false,
            }
        }
        true
    }

    fn emptied(&mut self) {
        if self.phase == Phase::HalfClosing {
            self.phase = Phase::HalfClosed;
        }
    }

    /// Gives the encoder as much as it has room for; the Close frame comes last.
    fn fill(&mut self) {
        while matches!(self.phase, Phase::Open | Phase::Closing) && self.encoder.has_room() {
            match self.requests.queued.pop_front() {
                Some(Outgoing::Message(message, done)) if self.phase == Phase::Open => {
                    let mut account = Account::default();
                    account.add(message.len(), done);
                    self.encoder.message(message);
                    self.unsent.push(self.encoder.end(), &mut account);
                }
                // Nothing follows our Close frame.
                Some(Outgoing::Message(..)) => {}
                Some(Outgoing::Flush(done)) => self.flushes.push_back((self.encoder.end(), done)),
                None => {
                    let Some((frame, done)) = self.requests.close.take() else {
                        return;
                    };
                    if self.phase == Phase::Open {
                        self.encoder.close(Some(frame.code()), frame.reason());
                        self.phase = Phase::Closing;
                    }
                    done.succeed();
                }
            }
        }
    }

    fn flush_is_due(&self) -> bool {
        let first = self.flushes.front();
        first.is_some_and(|(end, _)| *end <= self.encoder.written())
    }

    fn written(&mut self, bytes: usize) {
        self.encoder.advance(bytes);
        if let Some(liveness) = &mut self.liveness {
            liveness.left(self.encoder.written());
        }
        if self.timer.is_some() {
            self.prolong();
        }
        if !self.encoder.pending().is_empty() {
            // Otherwise a flush follows, and settles all at once.
            self.settle();
        }
    }

    /// A peer that takes what comes before the Close frame has its time to answer from the last of it.
    fn prolong(&mut self) {
        let awaits_close = matches!(self.phase, Phase::Open | Phase::Closing);
        let deadline = Instant::now().checked_add(self.emitter.limits().close_timeout);
        if let (true, Some(timer), Some(deadline)) = (awaits_close, &mut self.timer, deadline) {
            timer.as_mut().reset(deadline);
        }
    }

    /// The system has all that was written.
    fn flushed(&mut self) {
        self.settle();
        while self.flush_is_due() {
            if let Some((_, done)) = self.flushes.pop_front() {
                done.succeed();
            }
        }
    }

    /// Frees the place of what has left, and reports.
    fn settle(&mut self) {
        let Account {
            bytes,
            messages,
            reports,
        } = self.unsent.settle(self.encoder.written());
        if bytes > 0 || messages > 0 {
            self.emitter.sent(bytes, messages);
        }
        reports.into_iter().for_each(Completion::succeed);
    }
}
