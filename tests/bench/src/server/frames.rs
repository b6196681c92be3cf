//! Frame headers of RFC 6455 §5.2, from a stream that may break anywhere.

use crate::Result;

/// Longest header that a client sends, in bytes.
const LONGEST: usize = 14;

/// A client's frame header.
#[derive(Clone, Copy, Debug)]
pub(super) struct Header {
    /// FIN bit, reserved bits and opcode, as on the wire.
    pub(super) first: u8,
    pub(super) length: u64,
    pub(super) mask: [u8; 4],
}

impl Header {
    pub(super) const fn opcode(&self) -> u8 {
        self.first & 0x0f
    }

    /// Whether this frame ends a data message.
    pub(super) const fn ends_message(&self) -> bool {
        self.first & 0x80 != 0 && self.opcode() < 8
    }

    /// The header at the start of `bytes` and its size, or `None` when bytes are missing.
    fn decode(bytes: &[u8]) -> Result<Option<(Self, usize)>> {
        let [first, second, rest @ ..] = bytes else {
            return Ok(None);
        };
        if second & 0x80 == 0 {
            return Err("a client's frame is not masked".into());
        }
        let (length, size) = match second & 0x7f {
            126 => (
                rest.first_chunk()
                    .map(|length| u64::from(u16::from_be_bytes(*length))),
                4,
            ),
            127 => (
                rest.first_chunk().map(|length| u64::from_be_bytes(*length)),
                10,
            ),
            short => (Some(u64::from(short)), 2),
        };
        let mask = bytes.get(size..).and_then(<[u8]>::first_chunk);
        let (Some(length), Some(mask)) = (length, mask) else {
            return Ok(None);
        };
        Ok(Some((
            Self {
                first: *first,
                length,
                mask: *mask,
            },
            size + 4,
        )))
    }
}

/// Writes an unmasked header at the start of `out`; gives its size.
pub(super) fn write_header(first: u8, length: u64, out: &mut [u8]) -> usize {
    out[0] = first;
    if length < 126 {
        out[1] = length as u8;
        2
    } else if let Ok(length) = u16::try_from(length) {
        out[1] = 126;
        out[2..4].copy_from_slice(&length.to_be_bytes());
        4
    } else {
        out[1] = 127;
        out[2..10].copy_from_slice(&length.to_be_bytes());
        10
    }
}

/// Finds headers, also those that arrive in pieces.
#[derive(Debug, Default)]
pub(super) struct HeaderReader {
    partial: [u8; LONGEST],
    have: usize,
}

impl HeaderReader {
    /// Takes a header from `input`: how many bytes were consumed, and the header if it is complete.
    pub(super) fn read(&mut self, input: &[u8]) -> Result<(usize, Option<Header>)> {
        if self.have == 0
            && let Some((header, size)) = Header::decode(input)?
        {
            return Ok((size, Some(header)));
        }
        for (index, byte) in input.iter().enumerate() {
            self.partial[self.have] = *byte;
            self.have += 1;
            if let Some((header, _)) = Header::decode(&self.partial[..self.have])? {
                self.have = 0;
                return Ok((index + 1, Some(header)));
            }
        }
        Ok((input.len(), None))
    }
}

/// Removes `mask` from `payload` in place and turns the key for the bytes that follow.
pub(super) fn unmask(payload: &mut [u8], mask: &mut [u8; 4]) {
    let word = u64::from(u32::from_ne_bytes(*mask));
    let word = (word << 32 | word).to_ne_bytes();
    let mut chunks = payload.chunks_exact_mut(8);
    for chunk in &mut chunks {
        for (byte, key) in chunk.iter_mut().zip(word) {
            *byte ^= key;
        }
    }
    for (byte, key) in chunks.into_remainder().iter_mut().zip(word) {
        *byte ^= key;
    }
    mask.rotate_left(payload.len() % 4);
}
