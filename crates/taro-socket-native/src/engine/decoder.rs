//! Bytes to messages and control frames.

use std::io::Cursor;

use bytes::{Buf, Bytes, BytesMut};
use taro_socket_api::{Limits, Message};
use tokio_tungstenite::tungstenite::protocol::frame::{
    FrameHeader,
    coding::{CloseCode, Control, Data, OpCode},
};

use super::{
    Inbound, Violation,
    assembly::{Assembly, check_prefix, text},
};

/// Smallest and largest room made for one read, in bytes.
const MIN_READ: usize = 4 << 10;
const MAX_READ: usize = 64 << 10;
/// Least room made for the rest of a message: 16 KiB.
const MID_READ: usize = 16 << 10;

/// Decodes frames of a server (RFC 6455 §5), within the limits of the connection.
#[derive(Debug)]
pub(crate) struct Decoder {
    buffer: BytesMut,
    limits: Limits,
    header: Option<(FrameHeader, usize)>,
    /// Payload bytes of an unfinished unfragmented text frame that were found to be UTF-8.
    checked: usize,
    assembly: Option<Box<Assembly>>,
    read_size: usize,
}

impl Decoder {
    /// A decoder that begins with bytes that came behind the handshake.
    pub(crate) fn new(limits: Limits, leftover: BytesMut) -> Self {
        Self {
            buffer: leftover,
            limits,
            header: None,
            checked: 0,
            assembly: None,
            read_size: MIN_READ,
        }
    }

    /// The buffer to read into, with room for one read.
    pub(crate) fn room(&mut self) -> &mut BytesMut {
        // A claimed length is not trusted with memory: the buffer grows with what has come.
        let room = match &self.header {
            None => self.read_size,
            Some((_, length)) => {
                let missing = length.saturating_sub(self.buffer.len());
                missing.clamp(MID_READ, self.buffer.len().max(1 << 20))
            }
        };
        self.buffer.reserve(room);
        &mut self.buffer
    }

    /// Tells how much was read, so that the next read gets fitting room.
    pub(crate) fn filled(&mut self, bytes: usize) {
        if bytes >= self.read_size {
            self.read_size = (self.read_size * 4).min(MAX_READ);
        } else if bytes < self.read_size / 8 {
            self.read_size = (self.read_size / 2).max(MIN_READ);
        }
    }

    /// Gives the buffer's memory back, if nothing is in it.
    pub(crate) fn release(&mut self) {
        if self.buffer.is_empty() && self.buffer.capacity() > MIN_READ {
            self.buffer = BytesMut::new();
        }
    }

    /// The next message or control frame; `None` until more bytes come.
    pub(crate) fn next(&mut self) -> Result<Option<Inbound>, Violation> {
        while let Some((header, payload)) = self.frame()? {
            let inbound = match header.opcode {
                OpCode::Control(kind) => Some(control(kind, header.is_final, payload)?),
                OpCode::Data(kind) => self.data(kind, header.is_final, payload)?,
            };
            if inbound.is_some() {
                return Ok(inbound);
            }
        }
        Ok(None)
    }

    fn frame(&mut self) -> Result<Option<(FrameHeader, Bytes)>, Violation> {
        if self.header.is_none() {
            self.header = self.parse_header()?;
        }
        let Some((header, length)) = self.header.take() else {
            return Ok(None);
        };
        if self.buffer.len() < length {
            let whole_text = header.opcode == OpCode::Data(Data::Text) && header.is_final;
            self.header = Some((header, length));
            if whole_text {
                self.checked += check_prefix(&self.buffer[self.checked..])?;
            }
            return Ok(None);
        }
        let payload = self.buffer.split_to(length).freeze();
        Ok(Some((header, payload)))
    }

    fn parse_header(&mut self) -> Result<Option<(FrameHeader, usize)>, Violation> {
        if self.buffer.len() < 2 {
            return Ok(None);
        }
        let mut cursor = Cursor::new(&self.buffer[..]);
        let parsed =
            FrameHeader::parse(&mut cursor).map_err(|_| Violation::protocol("reserved opcode"))?;
        let Some((header, length)) = parsed else {
            return Ok(None);
        };
        let head = usize::try_from(cursor.position()).unwrap_or(usize::MAX);
        if header.rsv1 || header.rsv2 || header.rsv3 {
            return Err(Violation::protocol("a reserved bit is set"));
        }
        if header.mask.is_some() {
            return Err(Violation::protocol("the server's frame is masked"));
        }
        let before = self.assembly.as_ref().map_or(0, |assembly| assembly.len());
        let fits = usize::try_from(length).ok().filter(|length| {
            before
                .checked_add(*length)
                .is_some_and(|total| total <= self.limits.max_message_bytes)
        });
        let length = match header.opcode {
            OpCode::Control(_) if length > 125 => {
                return Err(Violation::protocol("a control frame is over 125 bytes"));
            }
            OpCode::Control(_) => length as usize,
            OpCode::Data(_) => fits.ok_or_else(|| Violation::too_big("the message is too big"))?,
        };
        self.buffer.advance(head);
        Ok(Some((header, length)))
    }

    fn data(
        &mut self,
        kind: Data,
        last: bool,
        payload: Bytes,
    ) -> Result<Option<Inbound>, Violation> {
        let continues = matches!(kind, Data::Continue);
        let mut assembly = match (self.assembly.take(), continues) {
            (None, true) => return Err(Violation::protocol("a continuation without a beginning")),
            (Some(_), false) => return Err(Violation::protocol("a message begins within another")),
            (None, false) if last => return self.whole(kind, payload).map(Some),
            (None, false) => Box::new(Assembly::new(matches!(kind, Data::Text))),
            (Some(assembly), true) => assembly,
        };
        assembly.push(&payload, &self.limits)?;
        if last {
            return assembly
                .finish()
                .map(|message| Some(Inbound::Message(message)));
        }
        self.assembly = Some(assembly);
        Ok(None)
    }

    fn whole(&mut self, kind: Data, payload: Bytes) -> Result<Inbound, Violation> {
        let checked = std::mem::take(&mut self.checked);
        let message = match kind {
            Data::Text => text(payload, checked)?,
            _ => Message::Binary(payload),
        };
        Ok(Inbound::Message(message))
    }
}

fn control(kind: Control, last: bool, payload: Bytes) -> Result<Inbound, Violation> {
    if !last {
        return Err(Violation::protocol("a control frame is fragmented"));
    }
    match kind {
        Control::Ping => Ok(Inbound::Ping(payload)),
        Control::Pong => Ok(Inbound::Pong),
        Control::Close => close(&payload),
        Control::Reserved(_) => Err(Violation::protocol("reserved opcode")),
    }
}

/// RFC 6455 §5.5.1: empty, or a status code and a reason in UTF-8. 1012 to 1014 are registered with IANA since.
fn close(payload: &[u8]) -> Result<Inbound, Violation> {
    let Some((code, reason)) = payload.split_first_chunk::<2>() else {
        return match payload {
            [] => Ok(Inbound::Close(None, String::new())),
            _ => Err(Violation::protocol("a Close frame has half a status code")),
        };
    };
    let code = u16::from_be_bytes(*code);
    if !CloseCode::from(code).is_allowed() && code != 1014 {
        return Err(Violation::protocol(
            "a Close frame has a status code that must not be sent",
        ));
    }
    let reason = std::str::from_utf8(reason).map_err(|_| Violation::utf8())?;
    Ok(Inbound::Close(Some(code), reason.to_owned()))
}

#[cfg(test)]
mod tests;
