//! The memory that is read into, and who gets which part of it.

use bytes::{Buf, Bytes, BytesMut};

use super::header;

/// Bytes that were read and are not decoded yet, and the block of memory that they lie in.
///
/// A payload that is given out as a part of the block costs no copy, but keeps the whole block. So that what waits
/// for a consumer keeps at most twice the bytes that it counts for, parts are given out only of a block of which
/// payloads fill half. Otherwise payloads are copied, those of one read into one block of their size.
#[derive(Debug)]
pub(super) struct Block {
    bytes: BytesMut,
    /// Bytes of the whole block.
    size: usize,
    /// What is done with payloads that do not fill half of the block by themselves; decided once per read.
    plan: Option<Plan>,
}

#[derive(Debug)]
enum Plan {
    /// Together they fill half of the block.
    Share,
    /// Each is copied into this, while it has room.
    Copy(BytesMut),
}

impl Block {
    /// A block of which these bytes fill all. They are copied: where they lay, others lay before them.
    pub(super) fn of(bytes: &[u8]) -> Self {
        let bytes = BytesMut::from(bytes);
        Self {
            size: bytes.capacity(),
            bytes,
            plan: None,
        }
    }

    pub(super) fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    pub(super) fn advance(&mut self, count: usize) {
        self.bytes.advance(count);
    }

    /// The buffer to read into, with room for `more` bytes.
    pub(super) fn room(&mut self, more: usize) -> &mut BytesMut {
        let before = self.bytes.as_ptr();
        if !self.bytes.try_reclaim(more) {
            self.grow(more);
        } else if self.bytes.as_ptr() != before {
            // Moved to the front of the block.
            self.size = self.bytes.capacity();
        }
        self.plan = None;
        &mut self.bytes
    }

    /// Makes room in more memory. `BytesMut` would keep what was taken off its front, and does not tell how much
    /// that is; so only a whole block grows where it is, and the rest of another is copied.
    fn grow(&mut self, more: usize) {
        if self.bytes.capacity() < self.size {
            let mut fresh = BytesMut::with_capacity(self.bytes.len() + more);
            fresh.extend_from_slice(&self.bytes);
            self.bytes = fresh;
        } else {
            self.bytes.reserve(more);
        }
        self.size = self.bytes.capacity();
    }

    /// Tells that bytes were read: payloads are looked at anew.
    pub(super) fn filled(&mut self) {
        self.size = self.size.max(self.bytes.capacity());
        self.plan = None;
    }

    /// Gives the memory back, if nothing is in it and it is larger than `kept`.
    pub(super) fn release(&mut self, kept: usize) {
        self.plan = None;
        if self.bytes.is_empty() && self.bytes.capacity() > kept {
            *self = Self::of(&[]);
        }
    }

    /// Takes off `header` bytes, and the payload of `length` bytes behind them, which are there.
    pub(super) fn payload(&mut self, header: usize, length: usize) -> Bytes {
        let end = header + length;
        let bytes = &mut self.bytes;
        if length == 0 {
            bytes.advance(end);
            return Bytes::new();
        }
        let fills = length.saturating_mul(2) >= self.size;
        if !fills {
            let plan = self
                .plan
                .get_or_insert_with(|| plan(&bytes[header..], length, self.size));
            if let Plan::Copy(room) = plan {
                let copy = copy(&bytes[header..end], room);
                bytes.advance(end);
                return copy;
            }
        }
        let mut part = bytes.split_to(end).freeze();
        part.advance(header);
        part
    }
}

fn copy(payload: &[u8], room: &mut BytesMut) -> Bytes {
    if room.capacity() < payload.len() {
        return Bytes::copy_from_slice(payload);
    }
    room.extend_from_slice(payload);
    if room.len() == room.capacity() {
        // Nothing is left: what was given out is all that keeps this memory.
        std::mem::take(room).freeze()
    } else {
        room.split().freeze()
    }
}

/// Looks at the payloads that are there: one of `first` bytes, and those of the frames behind it.
fn plan(bytes: &[u8], first: usize, block: usize) -> Plan {
    let (mut total, mut at) = (first, first);
    while total.saturating_mul(2) < block {
        let Some((message, begin, end)) = frame(bytes, at) else {
            break;
        };
        let length = end - begin;
        if message && length.saturating_mul(2) < block {
            total += length;
        }
        at = end;
    }
    if total.saturating_mul(2) >= block {
        Plan::Share
    } else if total == first {
        Plan::Copy(BytesMut::new())
    } else {
        Plan::Copy(BytesMut::with_capacity(total))
    }
}

/// The frame at `at`, if all of it is there: whether it is a whole message, and where its payload lies.
fn frame(bytes: &[u8], at: usize) -> Option<(bool, usize, usize)> {
    let header = header::parse(bytes.get(at..)?)?;
    let begin = at + header.size;
    let end = begin.checked_add(usize::try_from(header.length).ok()?)?;
    (end <= bytes.len()).then_some((header.is_whole_message(), begin, end))
}

#[cfg(test)]
mod tests;
