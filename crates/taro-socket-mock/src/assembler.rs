//! From frames to messages, with the checks that RFC 6455 asks of a client.

use taro_socket_api::{ByteString, Bytes, Capability, CapabilitySet, Limits, Message};

use crate::{breach::Breach, fault::Faults, frame::Frame};

/// What whole frames mean.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Incoming {
    Message(Message),
    Ping(Bytes),
    Pong,
    Close(Option<u16>, String),
}

/// The message under way.
#[derive(Debug)]
struct Partial {
    text: bool,
    bytes: Vec<u8>,
    frames: usize,
}

/// Puts fragments together and checks every frame.
#[derive(Debug)]
pub(crate) struct Assembler {
    max_bytes: usize,
    max_fragments: usize,
    /// Whether frames are looked at before their message is whole.
    by_frame: bool,
    /// Set for ever by a frame that announces more than comes, where nothing looks at the announcement.
    starved: bool,
    faults: Faults,
    partial: Option<Partial>,
}

impl Assembler {
    pub(crate) fn new(limits: &Limits, capabilities: CapabilitySet, faults: Faults) -> Self {
        Self {
            max_bytes: faults.max_message_bytes(limits.max_message_bytes),
            max_fragments: faults.max_fragments(limits.max_fragments),
            by_frame: capabilities.contains(Capability::FrameLimits),
            starved: false,
            faults,
            partial: None,
        }
    }

    /// Takes a frame; `None` while its message is not whole.
    pub(crate) fn push(&mut self, frame: Frame) -> Result<Option<Incoming>, Breach> {
        if self.starved {
            return Ok(None);
        }
        check_header(&frame)?;
        if frame.is_control() {
            return self.control(frame).map(Some);
        }
        if !self.by_frame && frame.length() > frame.payload.len() as u64 {
            self.starved = true;
            return Ok(None);
        }
        let mut partial = self.place(&frame)?;
        partial.frames += 1;
        self.check_limits(&partial, &frame)?;
        if !frame.fin && !self.faults.splits_fragments() {
            partial.bytes.extend_from_slice(&frame.payload);
            self.partial = Some(partial);
            return Ok(None);
        }
        let payload = if partial.bytes.is_empty() {
            frame.payload
        } else {
            partial.bytes.extend_from_slice(&frame.payload);
            Bytes::from(std::mem::take(&mut partial.bytes))
        };
        let text = partial.text;
        // Only a faulty mock comes here with the message unfinished.
        self.partial = (!frame.fin).then_some(partial);
        self.whole(text, payload).map(Some)
    }

    fn check_limits(&self, partial: &Partial, frame: &Frame) -> Result<(), Breach> {
        if self.by_frame && partial.frames > self.max_fragments {
            return Err(Breach::frame_limit("a message has too many fragments"));
        }
        let length = frame.length().saturating_add(partial.bytes.len() as u64);
        if length <= self.max_bytes as u64 {
            return Ok(());
        }
        if frame.fin && frame.announced.is_none() {
            return Err(Breach::own_limit("a message is too big"));
        }
        match self.by_frame {
            true => Err(Breach::frame_limit("a message gets too big")),
            false => Ok(()),
        }
    }

    /// The message that a data frame belongs to.
    fn place(&mut self, frame: &Frame) -> Result<Partial, Breach> {
        match (frame.opcode, self.partial.take()) {
            (Frame::CONTINUATION, Some(partial)) => Ok(partial),
            (Frame::CONTINUATION, None) => {
                Err(Breach::protocol("a continuation frame continues nothing"))
            }
            (_, Some(_)) => Err(Breach::protocol("a message begins within another")),
            (opcode, None) => Ok(Partial {
                text: opcode == Frame::TEXT,
                bytes: Vec::new(),
                frames: 0,
            }),
        }
    }

    fn whole(&self, text: bool, payload: Bytes) -> Result<Incoming, Breach> {
        if !text {
            return Ok(Incoming::Message(Message::Binary(payload)));
        }
        let text = self.text(payload);
        let text = text.ok_or_else(|| Breach::utf8("a text message is not UTF-8"))?;
        Ok(Incoming::Message(Message::Text(text)))
    }

    /// The bytes as text, if they are UTF-8.
    fn text(&self, bytes: Bytes) -> Option<ByteString> {
        let checked = ByteString::try_from(bytes.clone());
        checked.ok().or_else(|| self.faults.lossy_text(&bytes))
    }

    fn control(&self, frame: Frame) -> Result<Incoming, Breach> {
        match frame.opcode {
            Frame::PING => Ok(Incoming::Ping(frame.payload)),
            Frame::PONG => Ok(Incoming::Pong),
            _ => self.close(&frame.payload),
        }
    }

    fn close(&self, payload: &[u8]) -> Result<Incoming, Breach> {
        match *payload {
            [] => Ok(Incoming::Close(None, String::new())),
            [_] => Err(Breach::protocol("a Close frame has half a status code")),
            [high, low, ref reason @ ..] => {
                let code = u16::from_be_bytes([high, low]);
                if !is_wire_code(code) {
                    let text = format!("close code {code} is not allowed on the wire");
                    return Err(Breach::protocol(text));
                }
                let text = self.text(Bytes::copy_from_slice(reason));
                let reason = text.ok_or_else(|| Breach::utf8("a close reason is not UTF-8"))?;
                Ok(Incoming::Close(Some(code), reason.to_string()))
            }
        }
    }
}

fn check_header(frame: &Frame) -> Result<(), Breach> {
    if frame.long_length {
        return Err(Breach::protocol("a length takes more bytes than it needs"));
    }
    if frame.reserved != 0 {
        return Err(Breach::protocol("a reserved bit is set"));
    }
    if frame.masked {
        return Err(Breach::protocol("a frame from the server is masked"));
    }
    if !matches!(frame.opcode, 0..=2 | 8..=10) {
        let text = format!("opcode {:#x} is reserved", frame.opcode);
        return Err(Breach::protocol(text));
    }
    if frame.is_control() && !frame.fin {
        return Err(Breach::protocol("a control frame is fragmented"));
    }
    if frame.length() > i64::MAX.unsigned_abs() {
        return Err(Breach::protocol("a payload length has 64 bits"));
    }
    if frame.is_control() && frame.length() > 125 {
        return Err(Breach::protocol("a control frame has more than 125 bytes"));
    }
    Ok(())
}

/// Codes that may stand in a Close frame (RFC 6455 §7.4 and its IANA registry).
pub(crate) fn is_wire_code(code: u16) -> bool {
    matches!(code, 1000..=1003 | 1007..=1014 | 3000..=4999)
}

#[cfg(test)]
mod tests {
    use taro_socket_api::ErrorKind;

    use super::*;

    fn assembler() -> Assembler {
        assembler_with(Capability::ALL.iter().copied().collect())
    }

    fn assembler_with(capabilities: CapabilitySet) -> Assembler {
        let mut limits = Limits::default();
        limits.max_message_bytes = 8;
        limits.max_fragments = 3;
        Assembler::new(&limits, capabilities, Faults::default())
    }

    fn code(frames: impl IntoIterator<Item = Frame>) -> u16 {
        let mut assembler = assembler();
        let mut results = frames.into_iter().map(|frame| assembler.push(frame));
        let breach = results.find_map(Result::err);
        breach.map_or(0, |breach| breach.told(true).0)
    }

    #[test]
    fn fragments_become_one_message_around_control_frames() {
        let mut assembler = assembler();
        // The fragments split a character: only the whole is UTF-8.
        let first = Frame::new(Frame::TEXT, vec![0xe6, 0xbc]).unfinished();
        assert_eq!(assembler.push(first).unwrap(), None);
        let ping = assembler.push(Frame::new(Frame::PING, &b"p"[..])).unwrap();
        assert_eq!(ping, Some(Incoming::Ping(Bytes::from_static(b"p"))));
        let last = Frame::new(Frame::CONTINUATION, vec![0xa2]);
        let whole = assembler.push(last).unwrap();
        assert_eq!(whole, Some(Incoming::Message("漢".into())));
    }

    #[test]
    fn breaches_have_their_codes() {
        let text = |bytes: &[u8]| Frame::new(Frame::TEXT, bytes.to_vec());
        let masked = Frame {
            masked: true,
            ..text(b"")
        };
        let reserved = Frame {
            reserved: 4,
            ..text(b"")
        };
        let announced = |length| Frame {
            announced: Some(length),
            ..text(b"")
        };
        let long = |opcode| Frame {
            long_length: true,
            ..Frame::new(opcode, Bytes::new())
        };
        let more = |count| vec![Frame::new(Frame::CONTINUATION, Bytes::new()).unfinished(); count];
        let start = || text(b"").unfinished();
        for (expected, frames) in [
            (1002, vec![masked]),
            (1002, vec![reserved]),
            (1002, vec![Frame::new(3, Bytes::new())]),
            (1002, vec![announced(1 << 63)]),
            (1002, vec![long(Frame::TEXT)]),
            (1002, vec![long(Frame::PING)]),
            (1002, vec![long(Frame::CLOSE)]),
            (1009, vec![announced(9)]),
            (1002, vec![Frame::new(Frame::PING, vec![0; 126])]),
            (
                1002,
                vec![Frame::new(Frame::PING, Bytes::new()).unfinished()],
            ),
            (1002, more(1)),
            (1002, vec![start(), text(b"")]),
            (1007, vec![text(&[0xff])]),
            (1009, vec![text(b"123456789")]),
            (1009, [vec![start()], more(3)].concat()),
            (1002, vec![Frame::new(Frame::CLOSE, vec![3])]),
            (1002, vec![Frame::close(Some(1005), "")]),
            (1007, vec![Frame::new(Frame::CLOSE, vec![3, 232, 0xff])]),
            (0, vec![text(b"12345678"), Frame::close(Some(4999), "bye")]),
        ] {
            assert_eq!(code(frames.clone()), expected, "{frames:?}");
        }
    }
    #[test]
    fn without_frame_limits_only_whole_messages_are_measured() {
        let more = || Frame::new(Frame::CONTINUATION, Bytes::new()).unfinished();
        let mut assembler = assembler_with(CapabilitySet::EMPTY);
        let start = Frame::new(Frame::BINARY, vec![0; 9]).unfinished();
        for frame in [start, more(), more(), more()] {
            assert_eq!(assembler.push(frame).unwrap(), None);
        }
        let last = Frame::new(Frame::CONTINUATION, Bytes::new());
        let breach = assembler.push(last).unwrap_err();
        let (code, error) = breach.told(false);
        assert_eq!((code, error.kind()), (4009, ErrorKind::LimitExceeded));

        let mut assembler = assembler_with(CapabilitySet::EMPTY);
        let mut announced = Frame::new(Frame::BINARY, Bytes::new());
        announced.announced = Some(1 << 40);
        assert_eq!(assembler.push(announced).unwrap(), None);
        let next = Frame::message("part of the payload".into());
        assert_eq!(assembler.push(next).unwrap(), None);
    }
}
