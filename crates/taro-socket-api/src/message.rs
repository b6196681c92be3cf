//! Text and binary messages.

use std::fmt;

use bytes::Bytes;
use bytestring::ByteString;

use crate::maybe_send::DOWNLOADED;

/// A whole message, text or binary; cloning shares the payload.
#[derive(Clone, PartialEq, Eq, Hash)]
#[allow(clippy::exhaustive_enums, reason = "RFC 6455 §5.6 has two data frames")]
pub enum Message {
    /// UTF-8 text.
    Text(ByteString),
    /// Bytes.
    Binary(Bytes),
}

impl Message {
    /// Payload length in bytes.
    #[must_use]
    pub fn len(&self) -> usize {
        match self {
            Self::Text(text) => text.len(),
            Self::Binary(bytes) => bytes.len(),
        }
    }

    /// Whether the payload has no bytes.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The text; `None` for a binary message, even if its bytes are valid UTF-8.
    #[must_use]
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            Self::Binary(_) => None,
        }
    }

    /// The payload's bytes, of a text or a binary message.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        match self {
            Self::Text(text) => text.as_bytes(),
            Self::Binary(bytes) => bytes,
        }
    }

    /// The payload's bytes, of a text or a binary message, without a copy.
    #[must_use]
    pub fn into_bytes(self) -> Bytes {
        match self {
            Self::Text(text) => text.into_bytes(),
            Self::Binary(bytes) => bytes,
        }
    }
}

impl fmt::Debug for Message {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) => f.debug_tuple("Text").field(&&**text).finish(),
            Self::Binary(bytes) => f.debug_tuple("Binary").field(bytes).finish(),
        }
    }
}

macro_rules! message_from {
    ($($from:ty => $variant:ident($value:ident) $make:expr;)*) => {$(
        impl From<$from> for Message {
            fn from($value: $from) -> Self {
                Self::$variant($make)
            }
        }
    )*};
}

message_from! {
    &str => Text(value) text_of(value.to_owned());
    String => Text(value) text_of(value);
    ByteString => Text(value) value;
    &[u8] => Binary(value) bytes_of(value.to_vec());
    Vec<u8> => Binary(value) bytes_of(value);
    Bytes => Binary(value) value;
}

impl<const N: usize> From<&[u8; N]> for Message {
    fn from(value: &[u8; N]) -> Self {
        Self::from(&value[..])
    }
}

/// Where code is downloaded, bytes with an owner: those that can become a vector again bring code for that along.
fn bytes_of(bytes: Vec<u8>) -> Bytes {
    if DOWNLOADED {
        Bytes::from_owner(bytes)
    } else {
        Bytes::from(bytes)
    }
}

fn text_of(text: String) -> ByteString {
    let bytes = bytes_of(text.into_bytes());
    #[allow(unsafe_code, reason = "checking again takes time and code")]
    // SAFETY: these are the bytes of a String.
    unsafe {
        ByteString::from_bytes_unchecked(bytes)
    }
}
