//! The browser's socket, as connections know it.

use std::rc::Rc;

use js_sys::{JsString, Uint8Array};
use taro_socket_api::{
    Acceptance, CloseCause, Completion, ConnectRequest, Emitter, Error, Flow, Header, Limits,
    Message, OpenEvent, Result, SHARED_MEMORY, TaskCore,
};
use taro_socket_js::{
    TextReader, Unread,
    connection::{Connection, Host, HostEnd, HostError, Listeners, call_host, what},
    faults, read,
};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{BinaryType, CloseEvent, MessageEvent, WebSocket};

use crate::{error, load::Load, sends::Sends, socket::BrowserSocket};

/// Looks at the sends.
pub(crate) const LOOK: u32 = what::OWN;

/// Wakes the streams.
pub(crate) const WAKE: u32 = what::OWN + 1;

/// The browser's socket.
pub(crate) struct Browser {
    pub(crate) socket: WebSocket,
    pub(crate) sends: Sends,
    pub(crate) load: Load,
    text: TextReader,
    offers_protocols: bool,
}

impl Browser {
    /// Makes the browser's object, which connects.
    pub(crate) fn dial(request: &ConnectRequest) -> Result<Self> {
        let socket =
            create(request).map_err(|thrown| error::from_host("new WebSocket", &thrown))?;
        socket.set_binary_type(BinaryType::Arraybuffer);
        Ok(Self {
            socket,
            sends: Sends::default(),
            load: Load::default(),
            text: TextReader::new(),
            offers_protocols: !request.protocols().is_empty(),
        })
    }

    /// Hands a message over: the browser queues.
    fn hand_over(&self, message: &Message) -> Result<(), JsValue> {
        match message {
            Message::Text(text) => self.socket.send_with_str(text),
            // A view of shared memory is refused (WHATWG WebSockets §3.1: no [AllowShared]).
            Message::Binary(bytes) if SHARED_MEMORY => {
                let copy = Uint8Array::from(bytes.as_ref());
                self.socket.send_with_js_u8_array(&copy)
            }
            Message::Binary(bytes) => self.socket.send_with_u8_array(bytes),
        }
    }
}

impl Host for Browser {
    type Line = Listeners;

    /// A browser does as it is told.
    fn outlives(&self, _opened: bool) -> bool {
        false
    }

    fn core(&self, limits: Limits) -> (TaskCore, Emitter) {
        let host = BrowserSocket(self.socket.clone());
        TaskCore::over(limits, Acceptance::Queued, host)
    }

    fn connect(connection: &Rc<Connection<Self>>, _request: &ConnectRequest) -> Result<()> {
        Listeners::listen(connection, &connection.host().socket)
    }

    fn opened(&self, _event: &JsValue) -> Result<OpenEvent> {
        let protocol = Some(self.socket.protocol()).filter(|name| !name.is_empty());
        if protocol.is_none() && self.offers_protocols {
            // WHATWG WebSockets §4 has the browser fail; Firefox and WebKit open.
            return Err(faults::unselected());
        }
        Ok(OpenEvent::new(Header::new(), protocol))
    }

    fn read(&self, event: &JsValue, max_bytes: usize) -> Result<Message, Unread> {
        let event: &MessageEvent = event.unchecked_ref();
        read(&event.data(), &self.text, max_bytes)
    }

    fn deliver(connection: &Rc<Connection<Self>>, message: Message) -> Flow {
        let flow = connection.host().load.deliver(connection, message);
        // Behind the message: a report that panics must not cost it.
        connection.host().sends.look_early(connection);
        flow
    }

    /// Once the state is CLOSED nothing more need come: under a Content-Security-Policy Chromium tells no close. A
    /// close that does come says nothing that is not known (WHATWG WebSockets §4).
    fn failed(connection: &Connection<Self>, _event: &JsValue) -> HostError {
        let host = connection.host();
        let error = host.lost(connection.is_opened());
        match host.socket.ready_state() {
            WebSocket::CLOSED => HostError::Ended(CloseCause::Transport, error),
            _ => HostError::Breaks(CloseCause::Transport, Some(error)),
        }
    }

    fn closed(_connection: &Rc<Connection<Self>>, event: &JsValue) -> HostEnd {
        let event: &CloseEvent = event.unchecked_ref();
        let (code, reason) = (event.code(), event.reason());
        match event.was_clean() && may_be_received(code, &reason) {
            true => HostEnd::Clean(Some(code), reason),
            false => HostEnd::Broken(CloseCause::Transport, None),
        }
    }

    fn lost(&self, opened: bool) -> Error {
        error::lost(opened)
    }

    fn send(connection: &Rc<Connection<Self>>, message: &Message, done: Completion) {
        let host = connection.host();
        match call_host(|| host.hand_over(message)) {
            Err(thrown) => done.fail(error::from_host("WebSocket.send", &thrown)),
            Ok(()) => host.sends.sent(connection, message.len(), done),
        }
    }

    fn flush(connection: &Rc<Connection<Self>>, done: Completion) {
        connection.host().sends.add(connection, 0, done);
    }

    fn close(connection: &Connection<Self>, code: u16, reason: &str) -> Result<(), JsValue> {
        let socket = &connection.host().socket;
        socket.close_with_code_and_reason(code, reason)
    }

    fn close_error(&self, thrown: &JsValue) -> Error {
        error::from_host("WebSocket.close", thrown)
    }

    fn told(connection: &Rc<Connection<Self>>, what: u32, _value: &JsValue) {
        if connection.is_ended() {
            return;
        }
        match what {
            LOOK => connection.host().sends.look(connection),
            _ => connection.host().load.wake(connection),
        }
    }

    fn end(connection: &Rc<Connection<Self>>) {
        let host = connection.host();
        host.load.stop();
        host.sends.end(connection);
    }

    fn recover(connection: &Rc<Connection<Self>>) {
        connection.host().sends.recover(connection);
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
