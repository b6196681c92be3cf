//! From raw bytes to frames (RFC 6455 §5.2).

use taro_socket_mock::Frame;

/// Beyond 4 GiB nobody writes the rest of a frame.
const NEVER_WHOLE: u64 = 1 << 32;

/// Bytes that a peer wrote as they are, up to where they stop being whole frames.
#[derive(Debug, Default)]
pub(crate) struct RawBytes {
    pending: Vec<u8>,
}

impl RawBytes {
    /// The frames that are whole with `bytes` behind what was written before.
    ///
    /// A frame whose header alone is reason to fail counts as whole, since a client need not read on.
    pub(crate) fn push(&mut self, bytes: &[u8]) -> Vec<Frame> {
        self.pending.extend_from_slice(bytes);
        let mut frames = Vec::new();
        while let Some(head) = head(&self.pending) {
            let end = usize::try_from(head.payload).unwrap_or(usize::MAX);
            let end = end.saturating_add(head.header);
            let mut frame = head.frame;
            if end > self.pending.len() {
                if !fails_early(&frame, head.payload) {
                    break;
                }
                frame.announced = Some(head.payload);
            }
            let end = end.min(self.pending.len());
            frame.payload = self.pending[head.header.min(end)..end].to_vec().into();
            frames.push(frame);
            self.pending.drain(..end);
        }
        frames
    }

    /// Whether nothing is left of what was written.
    pub(crate) fn is_empty(&self) -> bool {
        self.pending.is_empty()
    }

    /// Whether `bytes` are whole frames.
    pub(crate) fn is_whole(bytes: &[u8]) -> bool {
        let mut raw = Self::default();
        drop(raw.push(bytes));
        raw.is_empty()
    }
}

/// A frame's header: the frame without payload, and the lengths of both.
struct Head {
    frame: Frame,
    header: usize,
    payload: u64,
}

fn head(bytes: &[u8]) -> Option<Head> {
    let (&[first, second], rest) = bytes.split_first_chunk::<2>()?;
    let mut frame = Frame::new(first & 0xf, Vec::new());
    frame.fin = first & 0x80 != 0;
    frame.reserved = first >> 4 & 7;
    frame.masked = second & 0x80 != 0;
    let (payload, extended) = match second & 0x7f {
        126 => (u64::from(u16::from_be_bytes(*rest.first_chunk()?)), 2),
        127 => (u64::from_be_bytes(*rest.first_chunk()?), 8),
        length => (u64::from(length), 0),
    };
    frame.long_length = match extended {
        0 => false,
        2 => payload < 126,
        _ => payload < 1 << 16,
    };
    Some(Head {
        header: 2 + extended + if frame.masked { 4 } else { 0 },
        payload,
        frame,
    })
}

/// Whether a client fails on the header, without the payload.
fn fails_early(frame: &Frame, payload: u64) -> bool {
    let control = frame.opcode & 8 != 0 && (!frame.fin || payload > 125);
    let opcode = !matches!(frame.opcode, 0..=2 | 8..=10);
    let long = frame.long_length;
    frame.reserved != 0 || frame.masked || opcode || control || long || payload > NEVER_WHOLE
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frames_are_cut_where_they_end() {
        let mut raw = RawBytes::default();
        assert_eq!(raw.push(b"\x81\x02a"), []);
        let frames = raw.push(b"b\x89\x00\x81\x7e\x00\x01c\x81");
        let texts: Vec<_> = frames.iter().map(|frame| &frame.payload[..]).collect();
        assert_eq!(texts, [&b"ab"[..], b"", b"c"]);
        let long: Vec<_> = frames.iter().map(|frame| frame.long_length).collect();
        assert_eq!(long, [false, false, true]);
        assert_eq!(frames[1].opcode, Frame::PING);
    }

    #[test]
    fn an_unsound_header_needs_no_payload() {
        for bytes in [
            &b"\xc1\x05"[..],
            b"\x81\x85",
            b"\x83\x05",
            b"\x09\x00",
            b"\x89\x7e\x00\x7e",
            b"\x81\x7e\x00\x7d",
            b"\x81\x7f\x00\x00\x00\x00\x00\x00\xff\xff",
        ] {
            assert_eq!(RawBytes::default().push(bytes).len(), 1, "{bytes:?}");
        }
    }
}
