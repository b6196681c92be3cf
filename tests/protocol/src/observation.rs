//! What a peer saw of one connection.

use serde::{Deserialize, Serialize};

/// What the peer saw of the connections filed under one id.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Observation {
    /// Whether the condition of the request was reached in time.
    pub reached: bool,
    /// Handshake requests, in order. Empty: nobody dialled.
    pub requests: Vec<RequestSeen>,
    /// Whether a handshake was answered with 101.
    pub opened: bool,
    /// Messages received, in order.
    pub messages: Vec<MessageSeen>,
    /// Payloads of Ping frames received, as text.
    pub pings: Vec<String>,
    /// Payloads of Pong frames received, as text.
    pub pongs: Vec<String>,
    /// The first Close frame received.
    pub close: Option<CloseSeen>,
    /// How TCP ended.
    pub end: Option<End>,
    /// Breaches of RFC 6455 by the client: an unmasked frame, a frame after Close, a code not allowed on the wire.
    pub violations: Vec<String>,
}

/// One handshake request.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RequestSeen {
    /// Path and query.
    pub target: String,
    /// Header fields in wire order, names as sent.
    pub headers: Vec<(String, String)>,
    /// Subprotocols offered, in order.
    pub protocols: Vec<String>,
}

impl RequestSeen {
    /// The first value of the header `name`, compared without case.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        let mut named = self
            .headers
            .iter()
            .filter(|(key, _)| key.eq_ignore_ascii_case(name));
        named.next().map(|(_, value)| value.as_str())
    }
}

/// Whether a message is text or binary.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[allow(
    clippy::exhaustive_enums,
    reason = "RFC 6455 §5.6 defines these two, and callers match both"
)]
pub enum MessageKind {
    /// A text message.
    Text,
    /// A binary message.
    Binary,
}

/// One message received, in full up to 256 bytes and by length and hash beyond.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MessageSeen {
    /// Text or binary.
    pub kind: MessageKind,
    /// Payload length in bytes.
    pub bytes: usize,
    /// FNV-1a of the whole payload, 64 bits, hexadecimal.
    pub fnv: String,
    /// The first 256 bytes, hexadecimal.
    pub head: String,
}

impl MessageSeen {
    /// What a peer reports on receiving `payload`.
    #[must_use]
    pub fn new(kind: MessageKind, payload: &[u8]) -> Self {
        let fold = |hash: u64, byte: &u8| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        let fnv = payload.iter().fold(0xcbf2_9ce4_8422_2325, fold);
        let head = payload
            .iter()
            .take(256)
            .map(|byte| format!("{byte:02x}"))
            .collect();
        Self {
            kind,
            bytes: payload.len(),
            fnv: format!("{fnv:016x}"),
            head,
        }
    }

    /// What a peer reports on receiving this text.
    #[must_use]
    pub fn text(text: &str) -> Self {
        Self::new(MessageKind::Text, text.as_bytes())
    }

    /// What a peer reports on receiving these bytes.
    #[must_use]
    pub fn binary(bytes: &[u8]) -> Self {
        Self::new(MessageKind::Binary, bytes)
    }
}

/// A Close frame received.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CloseSeen {
    /// Status code; `None` for an empty Close frame.
    pub code: Option<u16>,
    /// Reason; invalid UTF-8 becomes U+FFFD.
    pub reason: String,
}

/// How TCP ended, seen by the peer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum End {
    /// The client ended it (FIN).
    Eof,
    /// The client reset it, or another IO error came.
    Reset,
    /// The peer ended it itself.
    Local,
}

/// What a request for observations waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Until {
    /// Nothing: what is known now.
    Now,
    /// A handshake request has arrived.
    Requested,
    /// A handshake was answered with 101.
    Opened,
    /// At least this many messages have arrived.
    Messages(usize),
    /// At least this many Pong frames have arrived.
    Pongs(usize),
    /// A Close frame has arrived, or TCP has ended.
    Closed,
    /// TCP has ended on every connection of the id, at least one.
    Ended,
}

impl Until {
    /// The value of the query parameter `until`.
    #[must_use]
    pub fn name(self) -> String {
        match self {
            Self::Now => "now".into(),
            Self::Requested => "requested".into(),
            Self::Opened => "opened".into(),
            Self::Messages(count) => format!("messages:{count}"),
            Self::Pongs(count) => format!("pongs:{count}"),
            Self::Closed => "closed".into(),
            Self::Ended => "ended".into(),
        }
    }

    /// Reads the value of the query parameter `until`.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        let (word, count) = name.split_once(':').unwrap_or((name, ""));
        Some(match word {
            "now" => Self::Now,
            "requested" => Self::Requested,
            "opened" => Self::Opened,
            "messages" => Self::Messages(count.parse().ok()?),
            "pongs" => Self::Pongs(count.parse().ok()?),
            "closed" => Self::Closed,
            "ended" => Self::Ended,
            _ => return None,
        })
    }

    /// Whether `seen` meets the condition; `live` is the number of connections still up.
    #[must_use]
    pub fn reached(self, seen: &Observation, live: usize) -> bool {
        match self {
            Self::Now => true,
            Self::Requested => !seen.requests.is_empty(),
            Self::Opened => seen.opened,
            Self::Messages(count) => seen.messages.len() >= count,
            Self::Pongs(count) => seen.pongs.len() >= count,
            Self::Closed => seen.close.is_some() || seen.end.is_some(),
            Self::Ended => seen.end.is_some() && live == 0,
        }
    }
}
