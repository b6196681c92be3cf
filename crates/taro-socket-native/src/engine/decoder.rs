//! Bytes to messages and control frames.

use bytes::{Bytes, BytesMut};
use taro_socket_api::{Limits, Message};

use super::{
    Inbound, Violation,
    assembly::{Assembly, check_prefix, text},
    block::Block,
    close,
    header::{self, OpCode},
    incoming::Frame,
};

/// Smallest and largest room made for one read, in bytes.
const MIN_READ: usize = 4 << 10;
const MAX_READ: usize = 64 << 10;
/// Least room made for the rest of a message: 16 KiB.
const MID_READ: usize = 16 << 10;

/// First byte of a text or binary message of one frame: the FIN bit and the opcode.
const WHOLE_TEXT: u8 = 0x81;
const WHOLE_BINARY: u8 = 0x82;
/// Bytes of the header of a frame of at most [`SHORT`] bytes of payload. The second is their number: what is more is a
/// longer header, or the bit of a mask.
const SHORT_HEADER: usize = 2;
const SHORT: usize = 125;

/// Decodes frames of a server (RFC 6455 §5), within the limits of the connection.
#[derive(Debug)]
pub(crate) struct Decoder {
    block: Block,
    limits: Limits,
    /// The frame whose payload is awaited.
    frame: Option<Frame>,
    /// Payload bytes of an unfinished unfragmented text frame that were found to be UTF-8.
    checked: usize,
    assembly: Option<Box<Assembly>>,
    read_size: usize,
}

impl Decoder {
    /// A decoder that begins with bytes that came behind the handshake.
    pub(crate) fn new(limits: Limits, leftover: &[u8]) -> Self {
        Self {
            block: Block::of(leftover),
            limits,
            frame: None,
            checked: 0,
            assembly: None,
            read_size: MIN_READ,
        }
    }

    /// The buffer to read into, with room for one read.
    pub(crate) fn room(&mut self) -> &mut BytesMut {
        // A claimed length is not trusted with memory: the buffer grows with what has come.
        let room = match &self.frame {
            None => self.read_size,
            Some(frame) => {
                let there = self.block.bytes().len();
                let missing = frame.length.saturating_sub(there);
                // What follows a short frame that was cut may be as much as before.
                missing.clamp(MID_READ.max(self.read_size), there.max(1 << 20))
            }
        };
        self.block.room(room)
    }

    /// Tells how much was read, so that the next read gets fitting room.
    pub(crate) fn filled(&mut self, bytes: usize) {
        self.block.filled();
        if bytes >= self.read_size {
            self.read_size = (self.read_size * 4).min(MAX_READ);
        } else if bytes < self.read_size / 8 {
            self.read_size = (self.read_size / 2).max(MIN_READ);
        }
    }

    /// Gives the buffer's memory back, if nothing is in it.
    pub(crate) fn release(&mut self) {
        self.block.release(MIN_READ);
    }

    /// The next message or control frame; `None` until more bytes come.
    pub(crate) fn next(&mut self) -> Result<Option<Inbound>, Violation> {
        if let Some((opcode, length)) = self.short() {
            return self.message(opcode, SHORT_HEADER, length).map(Some);
        }
        while let Some(frame) = self.frame()? {
            let inbound = match frame.opcode {
                OpCode::Text | OpCode::Binary | OpCode::Continue => self.data(frame)?,
                _ => Some(self.control(frame)?),
            };
            if inbound.is_some() {
                return Ok(inbound);
            }
        }
        Ok(None)
    }

    /// Opcode and length of the next frame, if it is a short message by itself and all there. Most frames are, and
    /// of those two bytes tell all that [`Frame::of`] asks for.
    fn short(&self) -> Option<(OpCode, usize)> {
        let (&[first, second], rest) = self.block.bytes().split_first_chunk::<SHORT_HEADER>()?;
        let opcode = match first {
            WHOLE_TEXT => OpCode::Text,
            WHOLE_BINARY => OpCode::Binary,
            _ => return None,
        };
        let length = usize::from(second);
        let most = self.limits.max_message_bytes.min(SHORT).min(rest.len());
        let is_next = self.frame.is_none() && self.assembly.is_none();
        (is_next && length <= most).then_some((opcode, length))
    }

    /// The next frame whose payload is there.
    fn frame(&mut self) -> Result<Option<Frame>, Violation> {
        if self.frame.is_none() {
            self.frame = self.begin()?;
        }
        let Some(frame) = self.frame else {
            return Ok(None);
        };
        if self.block.bytes().len() < frame.length {
            if frame.opcode == OpCode::Text && frame.last {
                self.checked += check_prefix(&self.block.bytes()[self.checked..])?;
            }
            return Ok(None);
        }
        self.frame = None;
        Ok(Some(frame))
    }

    fn begin(&mut self) -> Result<Option<Frame>, Violation> {
        let Some(header) = header::parse(self.block.bytes()) else {
            return Ok(None);
        };
        let before = self.assembly.as_ref().map_or(0, |assembly| assembly.len());
        let most = self.limits.max_message_bytes.saturating_sub(before);
        let frame = Frame::of(&header, most)?;
        self.block.advance(header.size);
        Ok(Some(frame))
    }

    fn data(&mut self, frame: Frame) -> Result<Option<Inbound>, Violation> {
        let continues = frame.opcode == OpCode::Continue;
        let mut assembly = match (self.assembly.take(), continues) {
            (None, true) => return Err(Violation::protocol("a continuation without a beginning")),
            (Some(_), false) => return Err(Violation::protocol("a message begins within another")),
            (None, false) if frame.last => {
                return self.message(frame.opcode, 0, frame.length).map(Some);
            }
            (None, false) => Box::new(Assembly::new(frame.opcode == OpCode::Text)),
            (Some(assembly), true) => assembly,
        };
        assembly.push(&self.block.bytes()[..frame.length], &self.limits)?;
        self.block.advance(frame.length);
        if frame.last {
            return assembly
                .finish()
                .map(|message| Some(Inbound::Message(message)));
        }
        self.assembly = Some(assembly);
        Ok(None)
    }

    /// A message of one frame; `header` bytes of that were not taken off yet.
    #[inline]
    fn message(
        &mut self,
        opcode: OpCode,
        header: usize,
        length: usize,
    ) -> Result<Inbound, Violation> {
        let payload = self.block.payload(header, length);
        let message = match opcode {
            OpCode::Text => text(payload, std::mem::take(&mut self.checked))?,
            _ => Message::Binary(payload),
        };
        Ok(Inbound::Message(message))
    }

    fn control(&mut self, frame: Frame) -> Result<Inbound, Violation> {
        let payload = &self.block.bytes()[..frame.length];
        let inbound = match frame.opcode {
            // A copy: an answer that waits must not keep what was read with it.
            OpCode::Ping => Ok(Inbound::Ping(Bytes::copy_from_slice(payload))),
            OpCode::Pong => Ok(Inbound::Pong(Bytes::copy_from_slice(payload))),
            _ => close::parse(payload),
        };
        self.block.advance(frame.length);
        inbound
    }
}

#[cfg(test)]
mod tests;
