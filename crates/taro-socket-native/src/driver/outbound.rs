//! Messages to bytes to the transport.

use std::{
    mem,
    task::{Context, Poll},
};

use taro_socket_api::Completion;

use super::{Driver, Phase};
use crate::engine::Account;

/// Writes in a row before reading gets its turn: 16, about 1 MiB.
const WRITES: usize = 16;

impl Driver {
    /// Encodes and writes until nothing is left or the transport is full; `true` if there was too much for
    /// one go, or the peer's end is to be looked for.
    pub(super) fn write(&mut self, cx: &mut Context<'_>) -> bool {
        if self.broken.is_some() {
            return false;
        }
        for _ in 0..WRITES {
            self.fill();
            let done = self.encoder.pending().is_empty();
            let outcome = if done {
                self.transport.poll_flush(cx).map_ok(|()| 0)
            } else {
                self.transport.poll_write(cx, self.encoder.pending())
            };
            match outcome {
                Poll::Ready(Ok(_)) if done => {
                    self.settle();
                    return false;
                }
                Poll::Ready(Ok(written)) => self.encoder.advance(written),
                Poll::Ready(Err(error)) => {
                    // The peer's Close frame may have come before: reading finds out.
                    self.broken = Some(error);
                    return true;
                }
                Poll::Pending => return false,
            }
        }
        true
    }

    /// Gives the encoder as much as it has room for; the Close frame comes last.
    fn fill(&mut self) {
        while self.phase == Phase::Open && self.encoder.has_room() {
            if let Some((message, done)) = self.requests.messages.pop_front() {
                self.account.add(message.len(), done);
                self.encoder.message(message);
            } else if let Some((frame, done)) = self.requests.close.take() {
                self.encoder.close(Some(frame.code()), frame.reason());
                self.phase = Phase::Closing;
                done.succeed();
            } else {
                return;
            }
        }
    }

    /// Everything encoded has left: frees its place and reports.
    fn settle(&mut self) {
        if self.account.messages == 0 {
            return;
        }
        let Account {
            bytes,
            messages,
            reports,
        } = mem::take(&mut self.account);
        self.emitter.sent(bytes, messages);
        reports.into_iter().for_each(Completion::succeed);
    }
}
