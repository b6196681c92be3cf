//! What the control channel can make a peer do on a live connection.

use crate::hex::{hex_decode, hex_encode};
use crate::query::Query;

/// One thing that a peer does, told from outside, on a connection that is open.
///
/// Frames go behind everything the peer still has to send.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Action {
    /// Sends a text message.
    Text {
        /// The message.
        text: String,
    },
    /// Sends a binary message.
    Binary {
        /// The message.
        bytes: Vec<u8>,
    },
    /// Sends a Ping frame.
    Ping {
        /// Application data, at most 125 bytes.
        payload: String,
    },
    /// Sends a Close frame; TCP ends when the client has answered it.
    Close {
        /// Status code; `None` sends an empty Close frame.
        code: Option<u16>,
        /// Reason; needs a code.
        reason: String,
    },
    /// Ends TCP at once, without a Close frame and without what is still to be sent.
    Drop {
        /// With `true` the end is a reset (RST), otherwise a plain end (FIN).
        reset: bool,
    },
    /// Ends TCP (FIN) behind everything that is still to be sent, whatever the client does.
    End,
    /// Stops reading, so that the client's sends pile up in TCP.
    Stall,
    /// Reads again after [`Action::Stall`].
    Resume,
    /// Sends `count` binary messages of `size` bytes.
    Flood {
        /// Number of messages.
        count: usize,
        /// Payload bytes in each.
        size: usize,
    },
    /// Writes these bytes as they are.
    Raw {
        /// The bytes, sent as `hex`.
        bytes: Vec<u8>,
    },
}

/// The value of the query parameter `action` for every [`Action`]. `PROTOCOL.md` lists the same ones.
pub const ACTIONS: &[&str] = &[
    "binary", "close", "drop", "end", "flood", "ping", "raw", "resume", "stall", "text",
];

impl Action {
    /// Path and query of the control channel for this action on the connection of `id`.
    #[must_use]
    pub fn target(&self, id: &str) -> String {
        let mut query = Query::default();
        query.push("id", id).push("action", self.name());
        match self {
            Self::Text { text } => query.push("text", text),
            Self::Binary { bytes } | Self::Raw { bytes } => query.push("hex", hex_encode(bytes)),
            Self::Ping { payload } => query.push("payload", payload),
            Self::Close { code, reason } => query.push_close(*code, reason),
            Self::Drop { reset } => query.push("reset", reset),
            Self::Flood { count, size } => query.push("count", count).push("size", size),
            Self::End | Self::Stall | Self::Resume => &mut query,
        };
        format!("/control/do?{query}")
    }

    /// Reads the query of `/control/do`; `None` when the action is unknown or an argument is missing or malformed.
    #[must_use]
    pub fn parse(query: &Query) -> Option<Self> {
        Some(match query.text("action").as_str() {
            "text" => Self::Text {
                text: query.text("text"),
            },
            "binary" => Self::Binary {
                bytes: hex_decode(&query.text("hex"))?,
            },
            "ping" => Self::Ping {
                payload: query.text("payload"),
            },
            "close" => Self::Close {
                code: query.number("code"),
                reason: query.text("reason"),
            },
            "drop" => Self::Drop {
                reset: query.flag("reset"),
            },
            "end" => Self::End,
            "stall" => Self::Stall,
            "resume" => Self::Resume,
            "flood" => Self::Flood {
                count: query.number("count")?,
                size: query.number("size")?,
            },
            "raw" => Self::Raw {
                bytes: hex_decode(&query.text("hex"))?,
            },
            _ => return None,
        })
    }

    fn name(&self) -> &'static str {
        match self {
            Self::Text { .. } => "text",
            Self::Binary { .. } => "binary",
            Self::Ping { .. } => "ping",
            Self::Close { .. } => "close",
            Self::Drop { .. } => "drop",
            Self::End => "end",
            Self::Stall => "stall",
            Self::Resume => "resume",
            Self::Flood { .. } => "flood",
            Self::Raw { .. } => "raw",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_action_reads_back() {
        let all = [
            Action::Text { text: "a&b".into() },
            Action::Binary {
                bytes: vec![0, 255],
            },
            Action::Ping {
                payload: "p".into(),
            },
            Action::Close {
                code: Some(4001),
                reason: "bye bye".into(),
            },
            Action::Close {
                code: None,
                reason: String::new(),
            },
            Action::Drop { reset: true },
            Action::End,
            Action::Stall,
            Action::Resume,
            Action::Flood { count: 2, size: 3 },
            Action::Raw { bytes: vec![1] },
        ];
        for action in &all {
            let target = action.target("x");
            let (path, query) = target.split_once('?').expect("a query");
            assert_eq!(path, "/control/do");
            assert_eq!(Action::parse(&Query::parse(query)).as_ref(), Some(action));
        }
        for name in ACTIONS {
            assert!(all.iter().any(|action| action.name() == *name), "{name}");
        }
    }
}
