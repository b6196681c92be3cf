//! Echo, with and without framing.

use std::ops::Range;

use super::{
    connection::{FRONT, Mode},
    frames::{HeaderReader, unmask, write_header},
};
use crate::Result;

/// Sends bytes back as they come.
pub(super) struct Raw;

impl Mode for Raw {
    fn receive(&mut self, _buffer: &mut [u8], end: usize) -> Result<Range<usize>> {
        Ok(FRONT..end)
    }
}

/// Sends frames back unmasked, payloads as they come: a frame is answered before it is complete.
#[derive(Default)]
pub(super) struct WebSocket {
    headers: HeaderReader,
    /// Payload bytes of the current frame that have not arrived.
    remaining: u64,
    mask: [u8; 4],
    closing: bool,
}

impl Mode for WebSocket {
    // A server's header is 4 bytes shorter than the client's, and FRONT covers a header of which a part came
    // with the read before: so the place written never passes the place read.
    fn receive(&mut self, buffer: &mut [u8], end: usize) -> Result<Range<usize>> {
        let (mut read, mut write) = (FRONT, 0);
        while read < end {
            if self.remaining == 0 {
                let (size, header) = self.headers.read(&buffer[read..end])?;
                read += size;
                let Some(header) = header else { break };
                // A ping (9) is answered by a pong (10).
                let first = if header.opcode() == 9 {
                    header.first + 1
                } else {
                    header.first
                };
                self.closing |= header.opcode() == 8;
                write += write_header(first, header.length, &mut buffer[write..]);
                (self.remaining, self.mask) = (header.length, header.mask);
            } else {
                let here = usize::try_from(self.remaining)
                    .unwrap_or(usize::MAX)
                    .min(end - read);
                buffer.copy_within(read..read + here, write);
                unmask(&mut buffer[write..write + here], &mut self.mask);
                self.remaining -= here as u64;
                read += here;
                write += here;
            }
        }
        Ok(0..write)
    }

    fn is_finished(&self) -> bool {
        self.closing && self.remaining == 0
    }
}

#[cfg(test)]
mod tests {
    use super::{FRONT, Mode as _, WebSocket};

    /// Two masked frames, of 3 and of 300 bytes, and what comes back.
    fn conversation() -> (Vec<u8>, Vec<u8>) {
        let mask = [1, 2, 3, 4];
        let masked = |payload: &[u8]| -> Vec<u8> {
            payload
                .iter()
                .zip(mask.into_iter().cycle())
                .map(|(byte, key)| byte ^ key)
                .collect()
        };
        let long = [9; 300];
        let sent = [
            &[0x81, 0x83][..],
            &mask,
            &masked(b"abc"),
            &[0x82, 0xfe, 1, 44],
            &mask,
            &masked(&long),
        ];
        let expected = [&[0x81, 3][..], b"abc", &[0x82, 126, 1, 44], &long];
        (sent.concat(), expected.concat())
    }

    #[test]
    fn frames_come_back_however_they_are_cut() {
        let (sent, expected) = conversation();
        for size in 1..=sent.len() {
            let mut echo = WebSocket::default();
            let mut received = Vec::new();
            for piece in sent.chunks(size) {
                let mut buffer = [&[0; FRONT][..], piece].concat();
                let end = buffer.len();
                let answer = echo.receive(&mut buffer, end).unwrap();
                received.extend_from_slice(&buffer[answer]);
            }
            assert_eq!(received, expected, "pieces of {size} bytes");
        }
    }
}
