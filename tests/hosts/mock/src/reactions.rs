//! How each behaviour answers the handshake and reacts on an open connection.

use taro_socket_api::Message;
use taro_socket_conformance::{Behavior, DropWhen};
use taro_socket_mock::{Answer, Frame, MockRequest, PeerClose, PeerSocket};
use taro_socket_test_protocol::hex_decode;

use crate::{outgoing::Outgoing, wire::RawBytes};

/// The form of an accept value. Whether it matches is told beside it, since the mock makes no key.
const ACCEPT: &str = "ICX+Yqv66kxgM0FcWaLWlFLwTAI=";

/// The 101 answer of a behaviour.
pub(crate) fn answer(behavior: &Behavior, request: &MockRequest) -> Answer {
    let connection = match behavior {
        Behavior::Trickle => "keep-alive, Upgrade",
        _ => "Upgrade",
    };
    let mut answer = Answer::accept()
        .header("Upgrade", "websocket")
        .header("Connection", connection)
        .header("Sec-WebSocket-Accept", ACCEPT);
    let protocol = match behavior {
        Behavior::NoSubprotocol => None,
        Behavior::Subprotocol { name } => Some(name),
        _ => request.protocols.first(),
    };
    if let Some(protocol) = protocol {
        answer = answer.protocol(protocol.clone());
    }
    match behavior {
        Behavior::WrongAccept => answer.wrong_accept(),
        Behavior::Extension => answer.header("Sec-WebSocket-Extensions", "x-never-offered"),
        _ => answer,
    }
}

/// The refusal of a behaviour, if it refuses.
pub(crate) fn refusal(behavior: &Behavior) -> Option<Answer> {
    let kind = "text/plain; charset=utf-8";
    match behavior {
        Behavior::Reject { status, body } => {
            Some(Answer::refuse(*status, body.as_bytes()).header("Content-Type", kind))
        }
        Behavior::Redirect { location } => {
            Some(Answer::refuse(302, "").header("Location", location))
        }
        _ => None,
    }
}

/// One open connection's reactions. Those behaviours that differ in the handshake alone are echo servers.
#[derive(Debug)]
pub(crate) struct Reactions {
    behavior: Behavior,
    messages: usize,
    pub(crate) out: Outgoing,
    pub(crate) raw: RawBytes,
    pub(crate) stalled: bool,
}

impl Reactions {
    pub(crate) fn new(behavior: Behavior) -> Self {
        Self {
            behavior,
            messages: 0,
            out: Outgoing::default(),
            raw: RawBytes::default(),
            stalled: false,
        }
    }

    /// The connection is open.
    pub(crate) fn open(&mut self, socket: &PeerSocket) {
        let out = &mut self.out;
        match &self.behavior {
            Behavior::Early { text } => out.frame(Frame::message(text.as_str().into())),
            Behavior::Send { texts, binaries } => {
                let texts = texts.iter().map(|text| Message::from(text.as_str()));
                let binaries = binaries.iter().filter_map(|hex| hex_decode(hex));
                texts
                    .chain(binaries.map(Message::from))
                    .for_each(|message| out.frame(Frame::message(message)));
            }
            Behavior::Flood { count, size } => out.flood(*count, *size),
            Behavior::Ping { payload, count } => {
                let ping = Frame::new(Frame::PING, payload.clone().into_bytes());
                (0..*count).for_each(|_| out.frame(ping.clone()));
            }
            Behavior::Close {
                code,
                reason,
                after: 0,
            } => out.close(*code, reason),
            Behavior::Drop {
                when: DropWhen::Open,
                reset,
            } => end(out, *reset, socket),
            Behavior::Raw {
                hex,
                after: 0,
                times,
            } => write_raw(out, &mut self.raw, hex, *times),
            Behavior::Stall => self.stall(socket, true),
            _ => {}
        }
    }

    pub(crate) fn stall(&mut self, socket: &PeerSocket, stalled: bool) {
        self.stalled = stalled;
        socket.stall(stalled);
    }

    /// A message has arrived.
    pub(crate) fn message(&mut self, socket: &PeerSocket, message: Message) {
        self.messages = self.messages.saturating_add(1);
        let out = &mut self.out;
        match &self.behavior {
            Behavior::Capture => {}
            Behavior::Fragment { size, ping } => fragment(out, message, *size, *ping),
            Behavior::Close {
                code,
                reason,
                after,
            } => {
                if self.messages >= *after {
                    out.close(*code, reason);
                }
            }
            Behavior::Drop {
                when: DropWhen::Message,
                reset,
            } => end(out, *reset, socket),
            Behavior::Raw { hex, after, times } if self.messages <= *after => {
                if self.messages == *after {
                    write_raw(out, &mut self.raw, hex, *times);
                }
            }
            _ => out.frame(Frame::message(message)),
        }
    }

    /// A Close frame has arrived.
    pub(crate) fn close(&mut self, socket: &PeerSocket, close: &PeerClose) {
        let out = &mut self.out;
        match &self.behavior {
            Behavior::IgnoreClose => {}
            Behavior::Drop {
                when: DropWhen::Close,
                reset,
            } => end(out, *reset, socket),
            Behavior::AnswerClose { code, reason } => {
                out.close(*code, reason);
                out.end();
            }
            Behavior::FloodOnClose { count } => {
                out.raw(vec![Frame::message("late".into())], *count);
                answer_close(out, close);
            }
            _ => answer_close(out, close),
        }
    }
}

fn answer_close(out: &mut Outgoing, close: &PeerClose) {
    out.close(close.code, &close.reason);
    out.end();
}

/// Ends the transport; a reset loses what is still to be sent.
fn end(out: &mut Outgoing, reset: bool, socket: &PeerSocket) {
    if reset {
        out.drop_now(socket);
    } else {
        out.end();
    }
}

/// Frames of `times` times these bytes; a frame may go beyond one of them.
fn write_raw(out: &mut Outgoing, raw: &mut RawBytes, hex: &str, times: usize) {
    // Whoever made the behaviour wrote it as hexadecimal.
    let bytes = hex_decode(hex).unwrap_or_default();
    if raw.is_empty() && RawBytes::is_whole(&bytes) {
        return out.raw(raw.push(&bytes), times);
    }
    for _ in 0..times {
        out.raw(raw.push(&bytes), 1);
    }
}

/// Echoes in fragments (RFC 6455 §5.4).
fn fragment(out: &mut Outgoing, message: Message, size: usize, ping: bool) {
    let size = size.max(1);
    let whole = Frame::message(message);
    let payload = whole.payload;
    let count = payload.len().div_ceil(size).max(1);
    for index in 0..count {
        if index > 0 && ping {
            out.frame(Frame::new(Frame::PING, Vec::new()));
        }
        let from = index * size;
        let part = payload.slice(from..payload.len().min(from.saturating_add(size)));
        let opcode = if index == 0 {
            whole.opcode
        } else {
            Frame::CONTINUATION
        };
        let mut frame = Frame::new(opcode, part);
        frame.fin = index + 1 == count;
        out.frame(frame);
    }
}
