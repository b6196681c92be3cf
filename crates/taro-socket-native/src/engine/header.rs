//! Headers of received frames (RFC 6455 §5.2).

/// What a frame is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum OpCode {
    Continue,
    Text,
    Binary,
    Close,
    Ping,
    Pong,
    Reserved,
}

impl OpCode {
    fn of(byte: u8) -> Self {
        match byte & 0x0f {
            0 => Self::Continue,
            1 => Self::Text,
            2 => Self::Binary,
            8 => Self::Close,
            9 => Self::Ping,
            10 => Self::Pong,
            _ => Self::Reserved,
        }
    }

    pub(super) fn is_control(self) -> bool {
        matches!(self, Self::Close | Self::Ping | Self::Pong)
    }
}

/// A header as it stands on the wire, not judged yet.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Header {
    /// The FIN bit.
    pub(super) last: bool,
    /// Whether one of RSV1, RSV2, RSV3 is set.
    pub(super) reserved_bit: bool,
    pub(super) opcode: OpCode,
    pub(super) masked: bool,
    /// Bytes of payload.
    pub(super) length: u64,
    /// Bytes of the header, without a mask.
    pub(super) size: usize,
}

impl Header {
    /// Whether the frame is a message by itself, should it be in its place.
    pub(super) fn is_whole_message(&self) -> bool {
        self.last && matches!(self.opcode, OpCode::Text | OpCode::Binary)
    }

    /// The least length that needs a header of this size.
    pub(super) fn least_length(&self) -> u64 {
        match self.size {
            2 => 0,
            4 => 126,
            _ => 1 << 16,
        }
    }
}

/// The header at the beginning of `bytes`; `None` until all of it is there.
pub(super) fn parse(bytes: &[u8]) -> Option<Header> {
    let (&[first, second], rest) = bytes.split_first_chunk()?;
    let (length, size) = match second & 0x7f {
        126 => (u64::from(u16::from_be_bytes(*rest.first_chunk()?)), 4),
        127 => (u64::from_be_bytes(*rest.first_chunk()?), 10),
        short => (u64::from(short), 2),
    };
    Some(Header {
        last: first & 0x80 != 0,
        reserved_bit: first & 0x70 != 0,
        opcode: OpCode::of(first),
        masked: second & 0x80 != 0,
        length,
        size,
    })
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use tokio_tungstenite::tungstenite::protocol::frame::FrameHeader;

    use super::*;

    /// Another implementation reads the same: every first and second byte, whole and cut.
    #[test]
    fn headers_are_read_as_tungstenite_reads_them() {
        for head in 0..=u16::MAX {
            let [first, second] = head.to_be_bytes();
            let wire = [first, second, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12];
            let ours = parse(&wire).expect("a whole header");
            match FrameHeader::parse(&mut Cursor::new(&wire[..])) {
                Err(_) => assert_eq!(ours.opcode, OpCode::Reserved, "{wire:02x?}"),
                Ok(theirs) => {
                    let (theirs, length) = theirs.expect("a whole header");
                    let reserved_bit = theirs.rsv1 || theirs.rsv2 || theirs.rsv3;
                    let told = (theirs.is_final, reserved_bit, theirs.mask.is_some(), length);
                    let same = (ours.last, ours.reserved_bit, ours.masked, ours.length);
                    assert_eq!(same, told, "{wire:02x?}");
                    assert_eq!(u8::from(theirs.opcode), first & 0x0f);
                    assert_ne!(ours.opcode, OpCode::Reserved, "{wire:02x?}");
                }
            }
            for cut in 0..ours.size {
                assert_eq!(parse(&wire[..cut]), None, "{cut} bytes of {wire:02x?}");
            }
        }
    }
}
