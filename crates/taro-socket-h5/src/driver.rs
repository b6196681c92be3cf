//! One connection, from its making to its end.

mod inbound;

use std::{cell::Cell, rc::Rc, time::Duration};

use js_sys::{JsString, Uint8Array};
use taro_socket_api::{
    Acceptance, CloseCause, CloseEvent, CloseFrame, Completion, ConnectRequest, Emitter, Error,
    Header, Message, OpenEvent, ReadyState, Result, SHARED_MEMORY, TaskCore,
};
use taro_socket_js::{Listener, TextReader, Timer, faults};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{BinaryType, CloseEvent as HostCloseEvent, WebSocket};

use self::inbound::Load;
use crate::{error, sends::Sends, socket::BrowserSocket};

/// Close code of a connection that this side fails: scripts may not send 1009 (WHATWG WebSockets §3.1 `close`).
const FAILED: u16 = 4009;

/// The browser's socket, its listeners and timers.
///
/// Listeners hold the connection and the connection holds them, so it lives until its end, also without a
/// task. The end takes them off.
pub(crate) struct Connection {
    socket: WebSocket,
    emitter: Emitter,
    listeners: Cell<Vec<Listener>>,
    /// The connect timeout, then that of the closing handshake.
    timer: Cell<Option<Timer>>,
    sends: Sends,
    text: TextReader,
    load: Load,
    close_asked: Cell<bool>,
    offers_protocols: bool,
}

/// What is listened to.
const HEARD: [(&str, Handle); 4] = [
    ("open", |connection, _| connection.opened()),
    ("message", Connection::message),
    ("error", |connection, _| connection.ends_soon()),
    ("close", Connection::closed),
];

type Handle = fn(&Rc<Connection>, JsValue);

impl Connection {
    /// Makes the browser's object and listens to it.
    pub(crate) fn start(request: &ConnectRequest) -> Result<(TaskCore, Rc<Self>)> {
        let socket =
            create(request).map_err(|thrown| error::from_host("new WebSocket", &thrown))?;
        socket.set_binary_type(BinaryType::Arraybuffer);
        let host = BrowserSocket(socket.clone());
        let (core, emitter) = TaskCore::over(request.limits(), Acceptance::Queued, host);
        let connection = Rc::new(Self {
            socket,
            emitter,
            listeners: Cell::default(),
            timer: Cell::default(),
            sends: Sends::default(),
            text: TextReader::new(),
            load: Load::default(),
            close_asked: Cell::new(false),
            offers_protocols: !request.protocols().is_empty(),
        });
        match connection.listen(request.timeout()) {
            Ok(()) => Ok((core, connection)),
            Err(thrown) => {
                connection.give_up();
                Err(error::from_host("listening to a WebSocket", &thrown))
            }
        }
    }

    fn listen(self: &Rc<Self>, timeout: Duration) -> Result<(), JsValue> {
        let mut listeners = Vec::new();
        for (name, handle) in HEARD {
            let connection = Rc::clone(self);
            let listener = Listener::add(&self.socket, name, move |event| {
                connection.recover();
                handle(&connection, event);
            });
            listeners.push(listener?);
        }
        self.listeners.set(listeners);
        self.start_timer(timeout, Self::too_late)
    }

    /// Sends at once: the browser queues.
    pub(crate) fn send(self: &Rc<Self>, message: &Message, done: Completion) {
        let sent = match message {
            Message::Text(text) => self.socket.send_with_str(text),
            // A view of shared memory is refused (WHATWG WebSockets §3.1: no [AllowShared]).
            Message::Binary(bytes) if SHARED_MEMORY => {
                let copy = Uint8Array::from(bytes.as_ref());
                self.socket.send_with_js_u8_array(&copy)
            }
            Message::Binary(bytes) => self.socket.send_with_u8_array(bytes),
        };
        match sent {
            Err(thrown) => done.fail(error::from_host("WebSocket.send", &thrown)),
            Ok(()) if done.is_none() => {}
            Ok(()) => {
                if self.sends.add(done) {
                    self.look();
                }
            }
        }
    }

    /// Reports waiting sends if little enough waits, otherwise looks again later.
    fn look(self: &Rc<Self>) {
        let low = self.emitter.limits().send_low_water_bytes;
        if !self
            .sends
            .report(|| self.socket.buffered_amount() as usize <= low)
        {
            let look = self.later(Self::look);
            self.sends.look_later(look);
        }
    }

    /// Starts the closing handshake, or gives up connecting.
    pub(crate) fn close(self: &Rc<Self>, frame: &CloseFrame, done: Completion) {
        self.close_asked.set(true);
        let closing = self
            .socket
            .close_with_code_and_reason(frame.code(), frame.reason());
        match closing {
            Ok(()) => {
                self.ends_soon();
                done.succeed();
            }
            Err(thrown) => {
                done.fail(error::from_host("WebSocket.close", &thrown));
                self.end(CloseEvent::abnormal(CloseCause::Local));
            }
        }
    }

    fn opened(self: &Rc<Self>) {
        if self.emitter.ready_state() != ReadyState::Connecting {
            return;
        }
        drop(self.timer.take());
        let protocol = Some(self.socket.protocol()).filter(|name| !name.is_empty());
        if protocol.is_none() && self.offers_protocols {
            // WHATWG WebSockets §4 has the browser fail; Firefox and WebKit open.
            return self.fail(faults::unselected());
        }
        self.emitter.opened(OpenEvent::new(Header::new(), protocol));
    }

    fn closed(self: &Rc<Self>, event: JsValue) {
        let event: HostCloseEvent = event.unchecked_into();
        let (code, reason) = (event.code(), event.reason());
        let clean = event.was_clean() && may_be_received(code, &reason);
        let cause = match (clean, self.close_asked.get()) {
            (_, true) => CloseCause::Local,
            (true, false) => CloseCause::Remote,
            (false, false) => CloseCause::Transport,
        };
        if clean {
            return self.end(CloseEvent::clean(Some(code), reason, cause));
        }
        if cause == CloseCause::Transport {
            let error = match self.emitter.ready_state() {
                ReadyState::Connecting => error::refused(),
                _ => error::broken(),
            };
            self.emitter.failed(error);
        }
        self.end(CloseEvent::abnormal(cause));
    }

    /// The browser's close event must come within the close timeout.
    fn ends_soon(self: &Rc<Self>) {
        let limit = self.emitter.limits().close_timeout;
        let overdue =
            |connection: &Rc<Self>| connection.end(CloseEvent::abnormal(CloseCause::Timeout));
        // Without timers nothing can be waited for but the browser itself.
        let _ = self.start_timer(limit, overdue);
    }

    fn too_late(self: &Rc<Self>) {
        self.emitter.failed(faults::late());
        self.give_up();
        self.end(CloseEvent::abnormal(CloseCause::Timeout));
    }

    /// Fails the connection from this side.
    fn fail(self: &Rc<Self>, error: Error) {
        self.emitter.failed(error);
        let _ = self.socket.close_with_code_and_reason(FAILED, "");
        self.end(CloseEvent::abnormal(CloseCause::Transport));
    }

    fn give_up(&self) {
        self.listeners.take();
        // Nobody is left to be told what is wrong with it.
        let _ = self.socket.close_with_code_and_reason(1000, "");
    }

    /// Takes listeners and timers off, then tells the end.
    fn end(self: &Rc<Self>, event: CloseEvent) {
        let connection = Rc::clone(self);
        connection.listeners.take();
        connection.timer.take();
        let unsent = connection.sends.take();
        connection.emitter.closed(event);
        drop(unsent);
    }

    fn start_timer(self: &Rc<Self>, delay: Duration, action: fn(&Rc<Self>)) -> Result<(), JsValue> {
        let act = self.later(action);
        self.timer.set(Some(Timer::start(delay, act)?));
        Ok(())
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

    /// Goes on after a panic of the user's code that ended an earlier call of the browser.
    fn recover(&self) {
        self.emitter.recover();
        self.sends.recover();
    }
}

/// Whether a peer may close so; 1005 is the browser's word for a frame without code (RFC 6455 §7.4). Chromium
/// and Firefox pass on whatever the peer sent.
fn may_be_received(code: u16, reason: &str) -> bool {
    match code {
        1005 => reason.is_empty(),
        _ => faults::may_be_received(code),
    }
}

/// The browser's object. Without an offer there is to be no argument: `[]` and `""` differ (WHATWG WebSockets §3.1).
fn create(request: &ConnectRequest) -> Result<WebSocket, JsValue> {
    let mut offered = String::new();
    for protocol in request.protocols() {
        if !offered.is_empty() {
            offered.push(',');
        }
        offered.push_str(protocol);
    }
    let offered = match offered.is_empty() {
        true => JsValue::UNDEFINED,
        // Tokens have no commas.
        false => JsString::from(offered).split(",").into(),
    };
    WebSocket::new_with_str_sequence(request.url().as_str(), &offered)
}
