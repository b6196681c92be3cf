//! One frame: its header, and the mask of its payload (RFC 6455 §5.2 and §5.3).

use bytes::{BufMut, BytesMut};

pub(crate) const CONTINUATION: u8 = 0;
pub(crate) const TEXT: u8 = 1;
pub(crate) const BINARY: u8 = 2;
pub(crate) const CLOSE: u8 = 8;
pub(crate) const PING: u8 = 9;
pub(crate) const PONG: u8 = 10;

/// The header of a frame, as it stands on the wire.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Header {
    pub(crate) fin: bool,
    /// RSV1 to RSV3, in the lowest three bits.
    pub(crate) reserved: u8,
    pub(crate) opcode: u8,
    pub(crate) mask: Option<[u8; 4]>,
    /// Payload bytes.
    pub(crate) length: u64,
    /// Whether the length uses no more bytes than it needs.
    pub(crate) minimal: bool,
    /// Bytes of this header.
    pub(crate) size: usize,
}

impl Header {
    /// Reads the header at the front of `bytes`; `None` when it is not complete.
    pub(crate) fn read(bytes: &[u8]) -> Option<Self> {
        let [first, second] = *bytes.first_chunk::<2>()?;
        let (length, minimal, mut size) = match second & 0x7f {
            126 => {
                let length = u16::from_be_bytes(*bytes.get(2..)?.first_chunk()?);
                (u64::from(length), length > 125, 4)
            }
            127 => {
                let length = u64::from_be_bytes(*bytes.get(2..)?.first_chunk()?);
                (length, length > 0xffff, 10)
            }
            short => (u64::from(short), true, 2),
        };
        let mut mask = None;
        if second & 0x80 != 0 {
            mask = Some(*bytes.get(size..)?.first_chunk()?);
            size += 4;
        }
        Some(Self {
            fin: first & 0x80 != 0,
            reserved: first >> 4 & 7,
            opcode: first & 15,
            mask,
            length,
            minimal,
            size,
        })
    }

    /// Whether the opcode is that of a control frame (RFC 6455 §5.5).
    pub(crate) fn is_control(&self) -> bool {
        self.opcode & 8 != 0
    }
}

/// Appends an unmasked frame, as a server sends it.
pub(crate) fn write(out: &mut BytesMut, fin: bool, opcode: u8, payload: &[u8]) {
    out.reserve(payload.len() + 10);
    out.put_u8(u8::from(fin) << 7 | opcode);
    match (u8::try_from(payload.len()), u16::try_from(payload.len())) {
        (Ok(length), _) if length < 126 => out.put_u8(length),
        (_, Ok(length)) => {
            out.put_u8(126);
            out.put_u16(length);
        }
        _ => {
            out.put_u8(127);
            out.put_u64(payload.len() as u64);
        }
    }
    out.put_slice(payload);
}

/// Bytes of the header that [`write`] puts before `length` payload bytes.
pub(crate) fn header_size(length: usize) -> usize {
    match length {
        0..=125 => 2,
        126..=0xffff => 4,
        _ => 10,
    }
}

/// Applies the mask to a whole payload, eight bytes at a time.
pub(crate) fn unmask(payload: &mut [u8], mask: [u8; 4]) {
    let wide = u64::from_ne_bytes([
        mask[0], mask[1], mask[2], mask[3], mask[0], mask[1], mask[2], mask[3],
    ]);
    let (chunks, rest) = payload.as_chunks_mut::<8>();
    for chunk in chunks {
        *chunk = (u64::from_ne_bytes(*chunk) ^ wide).to_ne_bytes();
    }
    for (byte, key) in rest.iter_mut().zip(mask) {
        *byte ^= key;
    }
    // A rest of five to seven bytes goes once more round the mask.
    for (byte, key) in rest.iter_mut().skip(4).zip(mask) {
        *byte ^= key;
    }
}

/// Whether these bytes are whole unmasked frames, the last of them a Close frame.
pub(crate) fn ends_with_close(mut bytes: &[u8]) -> bool {
    let mut close = false;
    while let [first, second, rest @ ..] = bytes {
        let (length, rest) = match (second, rest) {
            (length @ 0..=125, rest) => (usize::from(*length), rest),
            (126, [high, low, rest @ ..]) => (usize::from(u16::from_be_bytes([*high, *low])), rest),
            _ => return false,
        };
        let Some(rest) = rest.get(length..) else {
            return false;
        };
        close = first & 0x0f == CLOSE;
        bytes = rest;
    }
    close && bytes.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_read_back_at_every_length_form() {
        for length in [0, 1, 125, 126, 0xffff, 0x1_0000] {
            let mut out = BytesMut::new();
            write(&mut out, true, BINARY, &vec![7; length]);
            let header = Header::read(&out).expect("a header");
            assert_eq!(header.length, length as u64);
            assert_eq!(out.len(), header.size + length);
            assert_eq!(header.size, header_size(length));
            assert!(header.fin && header.minimal && header.mask.is_none());
            assert_eq!((header.opcode, header.reserved), (BINARY, 0));
        }
    }

    #[test]
    fn an_incomplete_header_waits() {
        let whole = [0x81, 0xfe, 0, 200, 1, 2, 3, 4];
        for cut in 0..whole.len() {
            assert_eq!(Header::read(&whole[..cut]), None, "{cut}");
        }
        let header = Header::read(&whole).expect("a header");
        assert_eq!(header.mask, Some([1, 2, 3, 4]));
        assert_eq!((header.length, header.size), (200, 8));
    }

    #[test]
    fn a_wasteful_length_is_noticed() {
        assert!(
            !Header::read(&[0x82, 126, 0, 125])
                .expect("a header")
                .minimal
        );
        let long = [0x82, 127, 0, 0, 0, 0, 0, 0, 0xff, 0xff];
        assert!(!Header::read(&long).expect("a header").minimal);
    }

    #[test]
    fn the_mask_goes_round_at_every_length() {
        for length in 0..40 {
            let mut payload: Vec<u8> = (0..length).collect();
            unmask(&mut payload, [9, 8, 7, 6]);
            for (index, byte) in payload.iter().enumerate() {
                let plain = u8::try_from(index).expect("below 40");
                assert_eq!(*byte, plain ^ [9, 8, 7, 6][index % 4], "{length}");
            }
        }
    }

    #[test]
    fn a_close_frame_at_the_end_of_raw_bytes_is_seen() {
        assert!(ends_with_close(b"\x88\x00") && ends_with_close(b"\x81\x01x\x88\x02\x0f\xa1"));
        let long = [&[0x82, 126, 1, 0][..], &[7; 256], &[0x88, 0]].concat();
        assert!(ends_with_close(&long));
        for other in [
            &b""[..],
            b"\x88",
            b"\x88\x01",
            b"\x88\x80\0\0\0\0",
            b"\x88\x00\x81\x00",
            b"\xff\xff\xff",
        ] {
            assert!(!ends_with_close(other), "{other:?}");
        }
    }
}
