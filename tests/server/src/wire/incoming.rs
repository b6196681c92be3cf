//! What arrives: frames put together to messages, and every breach of RFC 6455 named.

use bytes::{Buf, BytesMut};
use taro_socket_test_protocol::{CloseSeen, MessageKind};

use super::frame::{self, Header};
use super::status;
use crate::limits::{MAX_MESSAGE, READ_CHUNK};

/// One thing that the client did.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Event {
    Message {
        kind: MessageKind,
        payload: BytesMut,
    },
    Ping(BytesMut),
    Pong(BytesMut),
    Close(CloseSeen),
    Violation(Violation),
}

/// A breach of RFC 6455 by the client.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Violation {
    /// What was wrong, in words.
    pub(crate) text: String,
    /// The Close frame that came with it, when the breach is in one.
    pub(crate) close: Option<CloseSeen>,
    /// The status that answers it; `None` when the connection is over anyway.
    pub(crate) answer: Option<u16>,
}

/// What follows after the bytes read so far.
#[derive(Debug, PartialEq, Eq)]
enum Phase {
    /// Frames.
    Open,
    /// Nothing: a Close frame came. Any further byte is a breach.
    Closed,
    /// Nothing that can be read: a breach came. Bytes are dropped.
    Broken,
}

/// The reading side of one connection, without IO.
#[derive(Debug)]
pub(crate) struct Incoming {
    /// Bytes read from the network and not yet understood.
    pub(crate) buffer: BytesMut,
    partial: Option<(MessageKind, BytesMut)>,
    phase: Phase,
}

impl Incoming {
    /// Starts with the bytes that came behind the request head.
    pub(crate) fn new(buffer: BytesMut) -> Self {
        Self {
            buffer,
            partial: None,
            phase: Phase::Open,
        }
    }

    /// The next event; `None` when more bytes are needed.
    pub(crate) fn next(&mut self) -> Option<Event> {
        loop {
            match self.phase {
                Phase::Open => {}
                Phase::Closed if !self.buffer.is_empty() => {
                    return Some(self.breach("frame after Close", None));
                }
                Phase::Closed => return None,
                Phase::Broken => {
                    self.buffer.clear();
                    return None;
                }
            }
            let header = Header::read(&self.buffer)?;
            if let Some((text, code)) = self.wrong(&header) {
                return Some(self.breach(&text, Some(code)));
            }
            let length = usize::try_from(header.length).ok()?;
            if self.buffer.len() < header.size + length {
                // One growth for a large frame instead of many; bounded by the message limit.
                let missing = header.size + length - self.buffer.len();
                self.buffer.reserve(missing.max(READ_CHUNK));
                return None;
            }
            self.buffer.advance(header.size);
            let mut payload = self.buffer.split_to(length);
            frame::unmask(&mut payload, header.mask.unwrap_or_default());
            if let Some(event) = self.take(&header, payload) {
                return Some(event);
            }
        }
    }

    /// What is wrong with a frame that can be told from its header, and the status that answers it.
    fn wrong(&self, header: &Header) -> Option<(String, u16)> {
        let partial = self.partial.as_ref();
        let collected = partial.map_or(0, |(_, bytes)| bytes.len() as u64);
        let text = if header.reserved != 0 {
            format!("reserved bits {:03b}", header.reserved)
        } else if !matches!(header.opcode, 0..=2 | 8..=10) {
            format!("opcode {}", header.opcode)
        } else if header.mask.is_none() {
            format!("unmasked frame, opcode {}", header.opcode)
        } else if !header.minimal {
            format!("length {} not in its shortest form", header.length)
        } else if header.is_control() && !header.fin {
            format!("fragmented control frame, opcode {}", header.opcode)
        } else if header.is_control() && header.length > 125 {
            format!("control frame of {} bytes", header.length)
        } else if header.opcode == frame::CONTINUATION && partial.is_none() {
            "continuation without a message".to_owned()
        } else if matches!(header.opcode, frame::TEXT | frame::BINARY) && partial.is_some() {
            "new message inside a fragmented one".to_owned()
        } else if header.length.saturating_add(collected) > MAX_MESSAGE as u64 {
            let text = format!("message beyond {MAX_MESSAGE} bytes");
            return Some((text, status::TOO_BIG));
        } else {
            return None;
        };
        Some((text, status::PROTOCOL_ERROR))
    }

    fn take(&mut self, header: &Header, payload: BytesMut) -> Option<Event> {
        match header.opcode {
            frame::PING => Some(Event::Ping(payload)),
            frame::PONG => Some(Event::Pong(payload)),
            frame::CLOSE => Some(self.close(&payload)),
            frame::TEXT => self.data(MessageKind::Text, header.fin, payload),
            frame::BINARY => self.data(MessageKind::Binary, header.fin, payload),
            _ => {
                let (kind, mut bytes) = self.partial.take()?;
                bytes.extend_from_slice(&payload);
                self.data(kind, header.fin, bytes)
            }
        }
    }

    fn data(&mut self, kind: MessageKind, fin: bool, payload: BytesMut) -> Option<Event> {
        if !fin {
            self.partial = Some((kind, payload));
            return None;
        }
        if kind == MessageKind::Text && std::str::from_utf8(&payload).is_err() {
            return Some(self.breach("text message is not UTF-8", Some(status::INVALID_DATA)));
        }
        Some(Event::Message { kind, payload })
    }

    fn close(&mut self, payload: &[u8]) -> Event {
        self.phase = Phase::Closed;
        let (seen, wrong) = status::read(payload);
        match wrong {
            None => Event::Close(seen),
            Some(text) => Event::Violation(Violation {
                text,
                close: Some(seen),
                answer: Some(status::PROTOCOL_ERROR),
            }),
        }
    }

    fn breach(&mut self, text: &str, answer: Option<u16>) -> Event {
        self.phase = Phase::Broken;
        self.buffer.clear();
        Event::Violation(Violation {
            text: text.to_owned(),
            close: None,
            answer,
        })
    }
}

#[cfg(test)]
#[path = "incoming_tests.rs"]
mod tests;
