//! Fragments to one message.

use bytes::{Bytes, BytesMut};
use bytestring::ByteString;
use taro_socket_api::{Limits, Message};

use super::Violation;

/// A message of which fragments have arrived (RFC 6455 §5.4).
#[derive(Debug)]
pub(super) struct Assembly {
    text: bool,
    data: BytesMut,
    checked: usize,
    fragments: usize,
}

impl Assembly {
    pub(super) fn new(text: bool) -> Self {
        Self {
            text,
            data: BytesMut::new(),
            checked: 0,
            fragments: 0,
        }
    }

    pub(super) fn len(&self) -> usize {
        self.data.len()
    }

    pub(super) fn push(&mut self, payload: &[u8], limits: &Limits) -> Result<(), Violation> {
        self.fragments += 1;
        if self.fragments > limits.max_fragments {
            return Err(Violation::too_big(
                "the message has too many fragments",
                "raise Limits::max_fragments, or let the server send longer ones",
            ));
        }
        self.data.extend_from_slice(payload);
        if self.text {
            self.checked += check_prefix(&self.data[self.checked..])?;
        }
        Ok(())
    }

    pub(super) fn finish(self) -> Result<Message, Violation> {
        // The first few bytes alone had room for more than twice as many.
        let data = match self.data.capacity() > 2 * self.data.len() {
            true => Bytes::copy_from_slice(&self.data),
            false => self.data.freeze(),
        };
        if !self.text {
            return Ok(Message::Binary(data));
        }
        if self.checked != data.len() {
            return Err(Violation::utf8());
        }
        Ok(Message::Text(valid_text(data)))
    }
}

/// A whole text message; `checked` bytes at its beginning were found valid before.
pub(super) fn text(data: Bytes, checked: usize) -> Result<Message, Violation> {
    simdutf8::basic::from_utf8(&data[checked..]).map_err(|_| Violation::utf8())?;
    Ok(Message::Text(valid_text(data)))
}

/// How many bytes of `data` are whole valid characters; the rest may be the beginning of another.
pub(super) fn check_prefix(data: &[u8]) -> Result<usize, Violation> {
    match simdutf8::compat::from_utf8(data) {
        Ok(_) => Ok(data.len()),
        Err(error) if error.error_len().is_none() => Ok(error.valid_up_to()),
        Err(_) => Err(Violation::utf8()),
    }
}

#[allow(
    unsafe_code,
    reason = "validated by simdutf8, which std's check would repeat at a third of the speed"
)]
fn valid_text(data: Bytes) -> ByteString {
    // SAFETY: both callers have validated all of `data` as UTF-8, cut only between characters.
    unsafe { ByteString::from_bytes_unchecked(data) }
}
