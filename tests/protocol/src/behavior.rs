//! How a peer acts, and the path and query that name it.

use crate::hex::hex_decode;
use crate::query::Query;

/// How a peer acts on one connection.
///
/// Unless a variant says otherwise the peer accepts the handshake, selects the
/// first subprotocol offered, sends every message back, answers pings, and
/// answers a Close frame with the same status and reason before it ends the TCP
/// connection. A breach of RFC 6455 is answered with Close 1002 (1007 for invalid
/// UTF-8, 1009 for a message beyond the peer's limit), and then TCP ends.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Behavior {
    /// Sends every message back.
    Echo,
    /// Records messages and sends nothing back.
    Capture,
    /// Echoes in fragments of at most `size` payload bytes; with `ping`, a Ping goes between any two of them.
    Fragment {
        /// Payload bytes in one fragment, at least 1.
        size: usize,
        /// Whether a Ping frame goes between fragments.
        ping: bool,
    },
    /// Answers the handshake after `ms` milliseconds.
    Delay {
        /// Milliseconds.
        ms: u64,
    },
    /// Answers the handshake with this status and body instead of 101.
    Reject {
        /// HTTP status, 100 to 599 and not 101.
        status: u16,
        /// Response body.
        body: String,
    },
    /// Answers the handshake with 302 and this `Location`.
    Redirect {
        /// The `Location` header.
        location: String,
    },
    /// Answers 101 with a `Sec-WebSocket-Accept` that does not match the key.
    WrongAccept,
    /// Answers 101 without a subprotocol, whatever was offered.
    NoSubprotocol,
    /// Answers 101 with this subprotocol, whether it was offered or not.
    Subprotocol {
        /// The token in `Sec-WebSocket-Protocol`.
        name: String,
    },
    /// Answers 101 with an extension that nobody asked for.
    Extension,
    /// Writes the handshake answer byte by byte, with `Connection: keep-alive, Upgrade`.
    Trickle,
    /// Sends this text in the same write as the handshake answer.
    Early {
        /// The text message.
        text: String,
    },
    /// Sends these messages as soon as the connection is open, then echoes.
    Send {
        /// Text messages first, in order.
        texts: Vec<String>,
        /// Then binary messages, in order, each as hexadecimal.
        binaries: Vec<String>,
    },
    /// Sends a Close frame after `after` messages have arrived (0: at open).
    Close {
        /// Status code; `None` sends an empty Close frame.
        code: Option<u16>,
        /// Reason; needs a code.
        reason: String,
        /// Messages to wait for before closing; they are not sent back.
        after: usize,
    },
    /// Ends TCP without a Close frame.
    Drop {
        /// The moment at which TCP ends.
        when: DropWhen,
        /// With `true` the end is a reset (RST), otherwise a plain end (FIN).
        reset: bool,
    },
    /// Echoes, but never answers a Close frame and never ends TCP.
    IgnoreClose,
    /// Answers a Close frame with this status instead of the one received.
    AnswerClose {
        /// Status code of the answer; `None` answers with an empty Close frame.
        code: Option<u16>,
        /// Reason; needs a code.
        reason: String,
    },
    /// Writes these bytes after the handshake answer, as they are, then goes on as usual.
    Raw {
        /// Bytes in hexadecimal.
        hex: String,
        /// Messages to wait for before the bytes are written (0: at open); they are not sent back.
        after: usize,
        /// How often the bytes are written; 1 is once.
        times: usize,
    },
    /// Sends `count` binary messages of `size` bytes as soon as the connection is open, then echoes.
    Flood {
        /// Number of messages.
        count: usize,
        /// Payload bytes in each.
        size: usize,
    },
    /// On a Close frame sends `count` text messages before it answers it.
    FloodOnClose {
        /// Number of messages.
        count: usize,
    },
    /// Accepts the handshake and then never reads.
    Stall,
    /// Accepts TCP and never answers the handshake.
    Silent,
    /// Sends a Ping with this payload at open and records the Pong.
    Ping {
        /// Application data of the Ping, at most 125 bytes.
        payload: String,
        /// Number of pings.
        count: usize,
    },
}

/// When [`Behavior::Drop`] ends TCP.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum DropWhen {
    /// Instead of answering the handshake.
    Handshake,
    /// In the middle of the handshake answer.
    Answer,
    /// Right after the handshake answer.
    Open,
    /// After the first message.
    Message,
    /// On receiving a Close frame, without answering it.
    Close,
}

/// Every path of the test server, without the control channel. `PROTOCOL.md` lists the same ones.
pub const ROUTES: &[&str] = &[
    "/answer-close",
    "/capture",
    "/close",
    "/delay",
    "/drop",
    "/early",
    "/echo",
    "/extension",
    "/flood",
    "/flood-on-close",
    "/fragment",
    "/ignore-close",
    "/no-subprotocol",
    "/ping",
    "/raw",
    "/redirect",
    "/reject",
    "/send",
    "/silent",
    "/stall",
    "/subprotocol",
    "/trickle",
    "/wrong-accept",
];

impl Behavior {
    /// Path and query of the test server for this behaviour, its observations filed under `id`.
    #[must_use]
    pub fn target(&self, id: &str) -> String {
        let (path, mut query) = self.parts();
        query.push("id", id);
        format!("{path}?{query}")
    }

    /// Reads a request target; `None` when the path is not one of [`ROUTES`] or an argument is missing or malformed.
    #[must_use]
    pub fn parse(target: &str) -> Option<(Self, Query)> {
        let (path, query) = target.split_once('?').unwrap_or((target, ""));
        let query = Query::parse(query);
        Some((Self::from_parts(path, &query)?, query))
    }

    fn parts(&self) -> (&'static str, Query) {
        let mut q = Query::default();
        let path = match self {
            Self::Echo => "/echo",
            Self::Capture => "/capture",
            Self::Fragment { size, ping } => {
                q.push("size", size).push("ping", ping);
                "/fragment"
            }
            Self::Delay { ms } => q.push("ms", ms).on("/delay"),
            Self::Reject { status, body } => {
                q.push("status", status).push("body", body).on("/reject")
            }
            Self::Redirect { location } => q.push("location", location).on("/redirect"),
            Self::WrongAccept => "/wrong-accept",
            Self::NoSubprotocol => "/no-subprotocol",
            Self::Subprotocol { name } => q.push("name", name).on("/subprotocol"),
            Self::Extension => "/extension",
            Self::Trickle => "/trickle",
            Self::Early { text } => q.push("text", text).on("/early"),
            Self::Send { texts, binaries } => q
                .push_all("text", texts)
                .push_all("binary", binaries)
                .on("/send"),
            Self::Close {
                code,
                reason,
                after,
            } => q
                .push_close(*code, reason)
                .push("after", after)
                .on("/close"),
            Self::Drop { when, reset } => {
                q.push("when", when.name()).push("reset", reset).on("/drop")
            }
            Self::IgnoreClose => "/ignore-close",
            Self::AnswerClose { code, reason } => q.push_close(*code, reason).on("/answer-close"),
            Self::Raw { hex, after, times } => q
                .push("hex", hex)
                .push("after", after)
                .push("times", times)
                .on("/raw"),
            Self::Flood { count, size } => q.push("count", count).push("size", size).on("/flood"),
            Self::FloodOnClose { count } => q.push("count", count).on("/flood-on-close"),
            Self::Stall => "/stall",
            Self::Silent => "/silent",
            Self::Ping { payload, count } => {
                q.push("payload", payload).push("count", count).on("/ping")
            }
        };
        (path, q)
    }

    fn from_parts(path: &str, q: &Query) -> Option<Self> {
        Some(match path {
            "/echo" => Self::Echo,
            "/capture" => Self::Capture,
            "/fragment" => Self::Fragment {
                size: q.number("size")?,
                ping: q.flag("ping"),
            },
            "/delay" => Self::Delay {
                ms: q.number("ms")?,
            },
            "/reject" => Self::Reject {
                status: q.number("status")?,
                body: q.text("body"),
            },
            "/redirect" => Self::Redirect {
                location: q.text("location"),
            },
            "/wrong-accept" => Self::WrongAccept,
            "/no-subprotocol" => Self::NoSubprotocol,
            "/subprotocol" => Self::Subprotocol {
                name: q.text("name"),
            },
            "/extension" => Self::Extension,
            "/trickle" => Self::Trickle,
            "/early" => Self::Early {
                text: q.text("text"),
            },
            "/send" => Self::Send {
                texts: q.all("text"),
                binaries: all_hex(q.all("binary"))?,
            },
            "/flood" => Self::Flood {
                count: q.number("count")?,
                size: q.number("size")?,
            },
            "/flood-on-close" => Self::FloodOnClose {
                count: q.number("count")?,
            },
            "/stall" => Self::Stall,
            "/silent" => Self::Silent,
            "/ping" => Self::Ping {
                payload: q.text("payload"),
                count: q.number_or("count", 1),
            },
            _ => return Self::ending(path, q),
        })
    }

    fn ending(path: &str, q: &Query) -> Option<Self> {
        Some(match path {
            "/close" => Self::Close {
                code: q.number("code"),
                reason: q.text("reason"),
                after: q.number_or("after", 0),
            },
            "/drop" => Self::Drop {
                when: DropWhen::from_name(&q.text("when"))?,
                reset: q.flag("reset"),
            },
            "/ignore-close" => Self::IgnoreClose,
            "/answer-close" => Self::AnswerClose {
                code: q.number("code"),
                reason: q.text("reason"),
            },
            "/raw" => Self::Raw {
                hex: hex(q.text("hex"))?,
                after: q.number_or("after", 0),
                times: q.number_or("times", 1),
            },
            _ => return None,
        })
    }
}

fn hex(text: String) -> Option<String> {
    hex_decode(&text).map(|_| text)
}

fn all_hex(texts: Vec<String>) -> Option<Vec<String>> {
    texts.into_iter().map(hex).collect()
}

impl DropWhen {
    fn name(self) -> &'static str {
        match self {
            Self::Handshake => "handshake",
            Self::Answer => "answer",
            Self::Open => "open",
            Self::Message => "message",
            Self::Close => "close",
        }
    }

    fn from_name(name: &str) -> Option<Self> {
        let all = [
            Self::Handshake,
            Self::Answer,
            Self::Open,
            Self::Message,
            Self::Close,
        ];
        all.into_iter().find(|when| when.name() == name)
    }
}

#[cfg(test)]
#[path = "behavior_tests.rs"]
mod tests;
