//! The answer to the opening handshake, and what the task makes of it.

use taro_socket_api::{Error, ErrorKind, HandshakeResponse, Header, OpenEvent, Result};

use crate::request::MockRequest;

/// Bytes of a refusal's body that the error keeps.
const MAX_BODY_BYTES: usize = 4096;

/// A peer's answer to the opening handshake, sound or not (RFC 6455 §4.2.2).
///
/// The subprotocol and extensions are ordinary header fields here.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Answer {
    /// HTTP status; 101 opens the connection.
    pub status: u16,
    /// Header fields.
    pub header: Header,
    /// Body of a refusal.
    pub body: Vec<u8>,
    /// Whether `Sec-WebSocket-Accept` matches the key.
    pub accept_matches: bool,
}

impl Answer {
    /// Status 101 with a matching accept key, without subprotocol.
    #[must_use]
    pub fn accept() -> Self {
        Self {
            status: 101,
            header: Header::new(),
            body: Vec::new(),
            accept_matches: true,
        }
    }

    /// Another status than 101, with a body.
    #[must_use]
    pub fn refuse(status: u16, body: impl Into<Vec<u8>>) -> Self {
        Self {
            status,
            body: body.into(),
            ..Self::accept()
        }
    }

    /// The answer with one more header field.
    #[must_use]
    pub fn header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.header.append(name, value);
        self
    }

    /// The answer with this subprotocol, offered or not.
    #[must_use]
    pub fn protocol(self, name: impl Into<String>) -> Self {
        self.header("Sec-WebSocket-Protocol", name)
    }

    /// The answer with an accept key that does not match.
    #[must_use]
    pub fn wrong_accept(mut self) -> Self {
        self.accept_matches = false;
        self
    }

    /// The event of a sound answer, otherwise why the connection fails (RFC 6455 §4.1).
    pub(crate) fn check(&self, request: &MockRequest) -> Result<OpenEvent> {
        if self.status != 101 {
            let text = format!("the server answered {} instead of 101", self.status);
            let body = &self.body[..self.body.len().min(MAX_BODY_BYTES)];
            let response = HandshakeResponse::new(self.status, self.header.clone(), body.to_vec());
            return Err(Error::new(ErrorKind::Handshake, text).with_response(response));
        }
        if !self.accept_matches {
            return Err(handshake("Sec-WebSocket-Accept does not match the key"));
        }
        if self.header.get("Sec-WebSocket-Extensions").is_some() {
            return Err(handshake("the server chose an extension nobody offered"));
        }
        let event = self.event();
        match &event.protocol {
            Some(chosen) if !request.protocols.contains(chosen) => Err(handshake(
                "the server chose a subprotocol that was not offered",
            )),
            None if !request.protocols.is_empty() => {
                Err(handshake("the server chose none of the subprotocols"))
            }
            _ => Ok(event),
        }
    }

    /// The event, whatever the answer.
    pub(crate) fn event(&self) -> OpenEvent {
        let protocol = self.header.get("Sec-WebSocket-Protocol");
        OpenEvent::new(self.header.clone(), protocol.map(str::to_owned))
    }
}

fn handshake(text: &'static str) -> Error {
    Error::new(ErrorKind::Handshake, text)
}
