//! Frames on the simulated wire (RFC 6455 §5.2).

use taro_socket_api::{Bytes, Message};

/// One frame as a peer sends it, sound or not.
///
/// For tests of what happens when a peer breaks RFC 6455; see
/// [`PeerSocket::send_frame`](crate::PeerSocket::send_frame).
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Frame {
    /// Whether this is the last frame of its message.
    pub fin: bool,
    /// The reserved bits RSV1 to RSV3; zero without extensions.
    pub reserved: u8,
    /// The opcode, 0 to 15.
    pub opcode: u8,
    /// Whether the frame is masked; a server must not mask (RFC 6455 §5.1).
    pub masked: bool,
    /// The payload, unmasked.
    pub payload: Bytes,
    /// The payload length in the header, where it is another than the payload's: the rest never comes.
    pub announced: Option<u64>,
    /// Whether the length takes more bytes in the header than it needs.
    pub long_length: bool,
}

/// Opcodes (RFC 6455 §11.8).
impl Frame {
    /// Continuation of a fragmented message.
    pub const CONTINUATION: u8 = 0x0;
    /// Text, or its first fragment.
    pub const TEXT: u8 = 0x1;
    /// Binary, or its first fragment.
    pub const BINARY: u8 = 0x2;
    /// Close.
    pub const CLOSE: u8 = 0x8;
    /// Ping.
    pub const PING: u8 = 0x9;
    /// Pong.
    pub const PONG: u8 = 0xa;
}

impl Frame {
    /// A sound, final, unmasked frame.
    #[must_use]
    pub fn new(opcode: u8, payload: impl Into<Bytes>) -> Self {
        Self {
            fin: true,
            reserved: 0,
            opcode,
            masked: false,
            payload: payload.into(),
            announced: None,
            long_length: false,
        }
    }

    /// The same frame as one that others of its message follow.
    #[must_use]
    pub fn unfinished(mut self) -> Self {
        self.fin = false;
        self
    }

    /// The frame of a whole message.
    #[must_use]
    pub fn message(message: Message) -> Self {
        let opcode = match message {
            Message::Text(_) => Self::TEXT,
            Message::Binary(_) => Self::BINARY,
        };
        Self::new(opcode, message.into_bytes())
    }

    /// A Close frame; an empty one without a code.
    #[must_use]
    pub fn close(code: Option<u16>, reason: &str) -> Self {
        let mut payload = Vec::new();
        if let Some(code) = code {
            payload.extend_from_slice(&code.to_be_bytes());
            payload.extend_from_slice(reason.as_bytes());
        }
        Self::new(Self::CLOSE, payload)
    }

    /// The payload length in the header.
    pub(crate) fn length(&self) -> u64 {
        self.announced.unwrap_or(self.payload.len() as u64)
    }

    pub(crate) fn is_control(&self) -> bool {
        self.opcode & 0x8 != 0
    }
}
