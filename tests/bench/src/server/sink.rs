//! Counts messages and answers once, when all have arrived.

use std::ops::Range;

use super::{
    connection::{FRONT, Mode},
    frames::{HeaderReader, write_header},
};
use crate::Result;

pub(super) struct Sink {
    headers: HeaderReader,
    /// Payload bytes of the current frame that have not arrived.
    skip: u64,
    /// Whether the current frame ends a message.
    ends: bool,
    expected: u64,
}

impl Sink {
    /// A sink that answers after `count` messages.
    pub(super) fn new(count: u64) -> Self {
        Self {
            headers: HeaderReader::default(),
            skip: 0,
            ends: false,
            expected: count,
        }
    }
}

impl Mode for Sink {
    fn receive(&mut self, buffer: &mut [u8], end: usize) -> Result<Range<usize>> {
        let mut read = FRONT;
        let mut answer = 0;
        while read < end {
            if self.skip == 0 {
                let (size, header) = self.headers.read(&buffer[read..end])?;
                read += size;
                let Some(header) = header else { break };
                (self.skip, self.ends) = (header.length, header.ends_message());
            }
            let here = usize::try_from(self.skip)
                .unwrap_or(usize::MAX)
                .min(end - read);
            self.skip -= here as u64;
            read += here;
            if self.skip == 0 && self.ends {
                self.ends = false;
                self.expected = self.expected.saturating_sub(1);
                if self.expected == 0 {
                    answer = write_header(0x82, 0, buffer);
                }
            }
        }
        Ok(0..answer)
    }
}
