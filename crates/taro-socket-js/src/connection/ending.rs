//! How a connection ends.

use std::{rc::Rc, time::Duration};

use taro_socket_api::{CloseCause, CloseEvent, CloseFrame, Completion, Error};

use super::{Connection, FAILED, Host, Line as _, NORMAL, guard, what};
use crate::faults;

impl<H: Host> Connection<H> {
    /// Starts the closing handshake, or gives up connecting.
    ///
    /// `done` succeeds once the host has taken it, or the connection has ended. It fails only where the host refuses
    /// for good: where it throws, and where it still refuses when `Limits::close_timeout` is over.
    pub(super) fn close(self: &Rc<Self>, frame: &CloseFrame, done: Completion) {
        // First of all: the host may tell the end before its `close` returns.
        self.asked.set(true);
        let taken = self.close_host(frame.code(), frame.reason());
        self.closing.set(Some(done));
        match taken {
            // Hosts may ignore a close before open, and tell nothing of it.
            _ if !self.opened.get() => self.end_abnormally(CloseCause::Local),
            Ok(()) => {
                self.start_timer(self.emitter.limits().close_timeout, what::UNANSWERED);
                H::closing(self);
            }
            Err(thrown) => {
                // It may have told the end before, also where somebody is at telling.
                guard::recover();
                guard::tell_nested();
                self.close_refused(|| self.host.close_error(&thrown));
                self.end_abnormally(CloseCause::Local);
            }
        }
        guard::tell_nested();
    }

    /// The host has taken the own close, or the connection has ended.
    pub fn close_accepted(&self) {
        if let Some(done) = self.closing.take() {
            done.succeed();
        }
    }

    /// The host refuses the own close for good.
    pub fn close_refused(&self, why: impl FnOnce() -> Error) {
        if let Some(done) = self.closing.take() {
            done.fail(why());
        }
    }

    /// Ends at once. The host is asked to close, and what it says of that is not waited for.
    pub(super) fn abort(self: &Rc<Self>) {
        if !self.ended.get() {
            self.asked.set(true);
            let _ = self.close_host(NORMAL, "");
            self.end_abnormally(CloseCause::Local);
        }
        guard::tell_nested();
    }

    /// Fails the connection from this side.
    pub(super) fn fail(self: &Rc<Self>, error: Error) {
        self.give_up(error, FAILED, CloseCause::Transport);
    }

    pub(super) fn give_up(self: &Rc<Self>, error: Error, code: u16, cause: CloseCause) {
        self.emitter.failed(error);
        let _ = self.close_host(code, "");
        self.end_abnormally(cause);
    }

    pub(super) fn too_late(self: &Rc<Self>) {
        self.give_up(faults::late(), NORMAL, CloseCause::Timeout);
    }

    /// The end without the peer's Close frame.
    pub(super) fn end_abnormally(self: &Rc<Self>, cause: CloseCause) {
        self.end(CloseEvent::abnormal(cause));
    }

    /// Tells the end, once.
    pub(super) fn end(self: &Rc<Self>, event: CloseEvent) {
        if self.ended.get() {
            return;
        }
        self.start_timer(Duration::ZERO, what::TURN);
        self.ended.set(true);
        self.timer.take();
        self.let_go();
        self.emitter.closed_after(event, Unsent(self));
        self.told();
    }

    /// Goes on with the end, where a panic of the user's code has ended the host's call meanwhile.
    pub(super) fn go_on_ending(self: &Rc<Self>) {
        // It may panic again.
        self.start_timer(Duration::ZERO, what::TURN);
        drop(Unsent(self));
        self.emitter.recover();
        self.told();
    }

    /// The host's socket is given back, or waited for.
    pub(super) fn let_go(self: &Rc<Self>) {
        if self.host_ended.get() || !self.host.outlives(self.opened.get()) {
            self.host_ended.set(true);
            H::release(self);
        } else {
            H::lingers(self);
        }
    }

    /// All is told that there was to tell. Nothing of the host's leads here any more, unless its socket lives on.
    pub(super) fn told(&self) {
        self.turn.take();
        if self.host_ended.get() {
            self.line.close();
        }
    }

    /// From here on nothing of the host's leads here.
    pub fn release(&self) {
        self.host_ended.set(true);
        self.timer.take();
        H::release(self);
        self.told();
    }
}

/// What is reported at the end, when dropped.
struct Unsent<'a, H: Host>(&'a Rc<Connection<H>>);

impl<H: Host> Drop for Unsent<'_, H> {
    fn drop(&mut self) {
        self.0.close_accepted();
        H::end(self.0);
    }
}
