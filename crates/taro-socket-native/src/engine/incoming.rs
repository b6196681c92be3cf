//! Which frames a server may send (RFC 6455 §5).

use super::{
    Violation,
    header::{Header, OpCode},
};

/// Most payload bytes of a control frame (RFC 6455 §5.5).
const MAX_CONTROL: u64 = 125;

/// A frame whose header is in order.
#[derive(Clone, Copy, Debug)]
pub(super) struct Frame {
    pub(super) opcode: OpCode,
    /// Whether the message ends with it.
    pub(super) last: bool,
    /// Bytes of payload.
    pub(super) length: usize,
}

impl Frame {
    /// The frame of this header; a data frame may have `most` bytes of payload.
    pub(super) fn of(header: &Header, most: usize) -> Result<Self, Violation> {
        if header.opcode == OpCode::Reserved {
            return Err(Violation::protocol("reserved opcode"));
        }
        if header.reserved_bit {
            return Err(Violation::protocol("a reserved bit is set"));
        }
        if header.masked {
            return Err(Violation::protocol("the server's frame is masked"));
        }
        check_length(header)?;
        let length = match header.opcode.is_control() {
            true => control_length(header)?,
            false => data_length(header, most)?,
        };
        Ok(Self {
            opcode: header.opcode,
            last: header.last,
            length,
        })
    }
}

/// RFC 6455 §5.2: the minimal number of bytes, and of 64 bits not the first.
fn check_length(header: &Header) -> Result<(), Violation> {
    if header.length >> 63 != 0 {
        return Err(Violation::protocol(
            "the first bit of a frame's 64-bit length is set",
        ));
    }
    if header.length < header.least_length() {
        return Err(Violation::protocol(
            "a frame's length is written in more bytes than it needs",
        ));
    }
    Ok(())
}

fn control_length(header: &Header) -> Result<usize, Violation> {
    if !header.last {
        return Err(Violation::protocol("a control frame is fragmented"));
    }
    match usize::try_from(header.length) {
        Ok(length) if header.length <= MAX_CONTROL => Ok(length),
        _ => Err(Violation::protocol("a control frame is over 125 bytes")),
    }
}

fn data_length(header: &Header, most: usize) -> Result<usize, Violation> {
    usize::try_from(header.length)
        .ok()
        .filter(|length| *length <= most)
        .ok_or_else(|| {
            Violation::too_big(
                "the message is too big",
                "raise Limits::max_message_bytes, or let the server send it in parts",
            )
        })
}
