//! One connection, from its making to its end.

mod events;

use std::{cell::Cell, rc::Rc, time::Duration};

use taro_socket_api::{
    Acceptance, CloseCause, CloseEvent, CloseFrame, Completion, ConnectRequest, Emitter, Error,
    Message, Result, TaskCore,
};
use taro_socket_js::{Listener, Timer, faults};
use wasm_bindgen::JsValue;

use crate::{error, sends::Sends, socket::RnSocket};

/// Close code of a connection that this side fails: of an app's codes, none of those that servers use.
const FAILED: u16 = 4009;

/// React Native's socket, its listeners and timers.
///
/// Listeners hold the connection and the connection holds them, so it lives until its end, also without a
/// task.
pub(crate) struct Connection {
    socket: RnSocket,
    emitter: Emitter,
    listeners: Cell<Vec<Listener>>,
    /// The connect timeout, then that of the closing handshake.
    timer: Cell<Option<Timer>>,
    /// When to look at the sends.
    clock: Cell<Option<Timer>>,
    sends: Sends,
    /// The text of the error event, which comes right before the close event.
    told: Cell<Option<Option<String>>>,
    opened: Cell<bool>,
    asked: Cell<bool>,
    /// The task has ended.
    ended: Cell<bool>,
    protocols: Vec<String>,
}

impl Connection {
    /// Makes React Native's object and listens to it.
    pub(crate) fn start(request: &ConnectRequest) -> Result<(TaskCore, Rc<Self>)> {
        let socket =
            RnSocket::dial(request).map_err(|thrown| error::from_host("new WebSocket", &thrown))?;
        let (core, emitter) = TaskCore::new(request.limits(), Acceptance::Queued);
        let connection = Rc::new(Self {
            socket,
            emitter,
            listeners: Cell::default(),
            timer: Cell::default(),
            clock: Cell::default(),
            sends: Sends::default(),
            told: Cell::default(),
            opened: Cell::new(false),
            asked: Cell::new(false),
            ended: Cell::new(false),
            protocols: request.protocols().to_vec(),
        });
        match connection.listen() {
            Ok(()) => {
                connection.start_timer(request.timeout(), Self::too_late);
                Ok((core, connection))
            }
            Err(thrown) => {
                let _ = connection.socket.close(1000, "");
                Err(error::from_host("listening to a WebSocket", &thrown))
            }
        }
    }

    fn listen(self: &Rc<Self>) -> Result<(), JsValue> {
        let on = |name, handle: fn(&Rc<Self>, &JsValue)| {
            let connection = Rc::clone(self);
            Listener::add(&self.socket, name, move |event| {
                connection.recover();
                handle(&connection, &event);
            })
        };
        let listeners = vec![
            on("open", Self::open)?,
            on("message", Self::message)?,
            on("error", Self::error)?,
            on("close", Self::closed)?,
        ];
        self.listeners.set(listeners);
        Ok(())
    }

    /// Hands the message over, if the system's queue takes it.
    pub(crate) fn send(self: &Rc<Self>, message: &Message, done: Completion) {
        let bytes = message.len();
        let sent = match self.sends.has_room(bytes) {
            true => self.socket.send(message),
            false => {
                self.emitter.sent(bytes as u64, 1);
                return done.fail(error::queue_full());
            }
        };
        match sent {
            Err(thrown) => {
                self.emitter.sent(bytes as u64, 1);
                done.fail(error::from_host("WebSocket.send", &thrown));
            }
            Ok(()) => {
                self.sends.add(bytes, done);
                self.wait();
            }
        }
    }

    /// Looks at the sends again once the first may have left.
    fn wait(self: &Rc<Self>) {
        let Some(millis) = self.sends.next_pause() else {
            return;
        };
        let look = self.later(Self::look);
        match Timer::start(Duration::from_millis(millis.into()), look) {
            Ok(timer) => self.clock.set(Some(timer)),
            // Without timers nothing is known of time.
            Err(_) => self.look(),
        }
    }

    fn look(self: &Rc<Self>) {
        self.sends.earn();
        while let Some(left) = self.sends.take_first() {
            self.emitter.sent(left.bytes as u64, 1);
            if !left.done.is_none() {
                // The user's code may panic, and what waits behind must not wait for ever then.
                self.wait();
            }
            left.done.succeed();
        }
        self.wait();
    }

    /// Starts the closing handshake, or gives up connecting.
    pub(crate) fn close(self: &Rc<Self>, frame: &CloseFrame, done: Completion) {
        self.asked.set(true);
        match self.socket.close(frame.code(), frame.reason()) {
            Err(thrown) => {
                done.fail(error::from_host("WebSocket.close", &thrown));
                self.fall(CloseCause::Local);
            }
            Ok(()) if self.opened.get() => {
                self.ends_soon();
                done.succeed();
            }
            // Android loses it, and opens all the same: what opens then is closed then.
            Ok(()) => {
                done.succeed();
                self.fall(CloseCause::Local);
            }
        }
    }

    /// The close event must come within the close timeout.
    fn ends_soon(self: &Rc<Self>) {
        let limit = self.emitter.limits().close_timeout;
        self.start_timer(limit, |connection| {
            connection.fall(CloseCause::Timeout);
        });
    }

    fn too_late(self: &Rc<Self>) {
        self.emitter.failed(faults::late());
        let _ = self.socket.close(1000, "");
        self.fall(CloseCause::Timeout);
    }

    /// Fails the connection from this side.
    fn fail(&self, error: Error) {
        self.emitter.failed(error);
        let _ = self.socket.close(FAILED, "");
        self.fall(CloseCause::Transport);
    }

    /// The end without the peer's Close frame.
    fn fall(&self, cause: CloseCause) {
        self.end(CloseEvent::abnormal(cause));
    }

    /// Tells the end, once. A socket that may still open is listened to until it has opened or failed: Android
    /// connects on for as long as the server says nothing.
    fn end(&self, event: CloseEvent) {
        if self.ended.replace(true) {
            return;
        }
        self.timer.take();
        self.clock.take();
        if self.opened.get() {
            self.release();
        }
        let _unsent = self.sends.take_all();
        self.emitter.closed(event);
    }

    /// From here on nothing of the host's leads here.
    fn release(&self) {
        self.listeners.take();
    }

    fn start_timer(self: &Rc<Self>, delay: Duration, action: fn(&Rc<Self>)) {
        // Without timers nothing can be waited for but the host itself.
        self.timer.set(Timer::start(delay, self.later(action)).ok());
    }

    /// The action for a timer; nothing if the connection is gone by then.
    fn later(self: &Rc<Self>, action: fn(&Rc<Self>)) -> impl Fn() + use<> {
        let connection = Rc::downgrade(self);
        move || {
            if let Some(connection) = connection.upgrade() {
                connection.recover();
                action(&connection);
            }
        }
    }

    /// Goes on after a panic of the user's code that ended an earlier call of the host.
    fn recover(self: &Rc<Self>) {
        self.emitter.recover();
        if !self.ended.get() {
            self.wait();
        }
    }
}
