//! React Native's socket, as connections know it.

use std::{cell::Cell, rc::Rc, time::Duration};

use taro_socket_api::{
    Acceptance, CloseCause, Completion, ConnectRequest, Emitter, Error, Header, Limits, Message,
    OpenEvent, Result, TaskCore,
};
use taro_socket_js::{
    PlainText, Timer, Unread,
    connection::{Connection, Host, HostEnd, HostError, Line, Listeners, call_host, what},
    faults, number_of, property, read, text_of,
};
use wasm_bindgen::JsValue;

use crate::{
    error,
    sends::{Handed, Sends},
    socket::RnSocket,
    status::{NO_STATUS, status},
};

/// Looks at the sends.
const LOOK: u32 = what::OWN;

/// React Native's socket.
pub(crate) struct Native {
    socket: RnSocket,
    sends: Sends,
    /// When to look at the sends.
    clock: Cell<Option<Timer>>,
    /// The text of the error event, which comes right before the close event.
    told: Cell<Option<Option<String>>>,
    protocols: Vec<String>,
}

impl Native {
    /// Makes React Native's object, which connects.
    pub(crate) fn dial(request: &ConnectRequest) -> Result<Self> {
        let socket =
            RnSocket::dial(request).map_err(|thrown| error::from_host("new WebSocket", &thrown))?;
        Ok(Self {
            socket,
            sends: Sends::default(),
            clock: Cell::default(),
            told: Cell::default(),
            protocols: request.protocols().to_vec(),
        })
    }

    /// Looks at the sends again once the first may have left.
    fn wait(connection: &Rc<Connection<Self>>) {
        let host = connection.host();
        let Some(millis) = host.sends.next_pause() else {
            return;
        };
        match Listeners::timer(connection, Duration::from_millis(millis.into()), LOOK) {
            Some(timer) => host.clock.set(Some(timer)),
            // Without timers nothing is known of time.
            None => Self::look(connection),
        }
    }

    fn look(connection: &Rc<Connection<Self>>) {
        let host = connection.host();
        host.sends.earn();
        while let Some(left) = host.sends.take_first() {
            connection.emitter().sent(left.bytes as u64, left.messages);
            if !left.done.is_none() {
                // The user's code may panic, and what waits behind must not wait for ever then.
                Self::wait(connection);
            }
            left.done.succeed();
        }
        Self::wait(connection);
    }

    fn queue(connection: &Rc<Connection<Self>>, bytes: usize, messages: u64, done: Completion) {
        connection.host().sends.add(Handed {
            bytes,
            messages,
            done,
        });
        Self::wait(connection);
    }
}

impl Host for Native {
    type Line = Listeners;

    /// Android loses a close while it connects, and opens all the same: what opens then is closed then.
    fn outlives(&self, opened: bool) -> bool {
        !opened
    }

    fn core(&self, limits: Limits) -> (TaskCore, Emitter) {
        TaskCore::new(limits, Acceptance::Queued)
    }

    fn connect(connection: &Rc<Connection<Self>>, _request: &ConnectRequest) -> Result<()> {
        Listeners::listen(connection, &connection.host().socket)
    }

    fn opened(&self, _event: &JsValue) -> Result<OpenEvent> {
        let protocol = text_of(&self.socket, "protocol").filter(|name| !name.is_empty());
        // OkHttp leaves it to its user.
        if !faults::may_be_selected(protocol.as_deref(), &self.protocols) {
            return Err(faults::unselected());
        }
        Ok(OpenEvent::new(Header::new(), protocol))
    }

    fn read(&self, event: &JsValue, max_bytes: usize) -> Result<Message, Unread> {
        let data = property(event, "data").unwrap_or_default();
        read(&data, &PlainText, max_bytes)
    }

    /// In 0.76 its event has the text; in 0.88 only the close event has, as its reason.
    fn failed(connection: &Connection<Self>, event: &JsValue) -> HostError {
        let told = text_of(event, "message");
        connection.host().told.set(Some(told));
        HostError::Breaks(CloseCause::Transport, None)
    }

    fn closed(connection: &Rc<Connection<Self>>, event: &JsValue) -> HostEnd {
        let code = number_of(event, "code").and_then(|code| u16::try_from(code).ok());
        let reason = text_of(event, "reason").unwrap_or_default();
        let opened = connection.is_opened();
        let told = connection.host().told.take();
        let clean = match &told {
            _ if !opened => None,
            None => status(code, &reason),
            // The server has closed in order; what failed is the answer.
            Some(text) => text
                .as_ref()
                .unwrap_or(&reason)
                .starts_with(NO_STATUS)
                .then_some(None),
        };
        match clean {
            Some(Some(code)) => HostEnd::Clean(Some(code), reason),
            Some(None) => HostEnd::Clean(None, String::new()),
            None => {
                let text = told.flatten().unwrap_or(reason);
                let error = error::failure(Some(text), opened);
                HostEnd::Broken(CloseCause::Transport, Some(error))
            }
        }
    }

    fn lost(&self, opened: bool) -> Error {
        error::failure(self.told.take().flatten(), opened)
    }

    fn send(connection: &Rc<Connection<Self>>, message: &Message, done: Completion) {
        let (host, bytes) = (connection.host(), message.len());
        if !host.sends.has_room(bytes) {
            return connection.refuse(bytes, done, error::queue_full());
        }
        match call_host(|| host.socket.send(message)) {
            Ok(()) => Self::queue(connection, bytes, 1, done),
            Err(thrown) => {
                connection.refuse(bytes, done, error::from_host("WebSocket.send", &thrown));
            }
        }
    }

    fn flush(connection: &Rc<Connection<Self>>, done: Completion) {
        match connection.host().sends.is_empty() {
            true => done.succeed(),
            false => Self::queue(connection, 0, 0, done),
        }
    }

    fn close(connection: &Connection<Self>, code: u16, reason: &str) -> Result<(), JsValue> {
        connection.host().socket.close(code, reason)
    }

    fn close_error(&self, thrown: &JsValue) -> Error {
        error::from_host("WebSocket.close", thrown)
    }

    fn told(connection: &Rc<Connection<Self>>, what: u32, _value: &JsValue) {
        if what == LOOK && !connection.is_ended() {
            Self::look(connection);
        }
    }

    fn end(connection: &Rc<Connection<Self>>) {
        let host = connection.host();
        host.clock.take();
        while let Some(aborted) = host.sends.pop() {
            drop(aborted);
        }
    }

    fn recover(connection: &Rc<Connection<Self>>) {
        Self::wait(connection);
    }
}
