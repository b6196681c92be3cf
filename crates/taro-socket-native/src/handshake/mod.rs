//! The opening handshake of a client (RFC 6455 §4.1).

mod body;
mod check;
mod refusal;
mod request;

use std::time::Duration;

use bytes::BytesMut;
use taro_socket_api::{ConnectRequest, Error, OpenEvent, Result};
use tokio_tungstenite::tungstenite::handshake::client::generate_key;

use crate::{
    error,
    http::{Answerer, Exchange, Head, HeadReader},
    transport::Transport,
};

/// What the server answered.
pub(crate) enum Answer {
    Opened(Opened),
    Refused(Refused),
}

/// An established connection.
pub(crate) struct Opened {
    pub(crate) transport: Transport,
    /// What came behind the answer belongs to the first frames.
    pub(crate) leftover: BytesMut,
    pub(crate) event: OpenEvent,
}

/// An answer other than 101, of which the head is there.
pub(crate) struct Refused {
    transport: Transport,
    head: Head,
    /// What came behind the head.
    buffer: BytesMut,
    /// Why a redirect is not followed, where redirects are.
    unfollowed: Option<String>,
}

impl Refused {
    pub(crate) fn status(&self) -> u16 {
        self.head.status
    }

    /// The values of `Location`, of which a redirect has one.
    pub(crate) fn locations(&self) -> Vec<&str> {
        self.head.values("location").collect()
    }

    /// The same, and why it is not followed: the end of a sentence about the answer.
    pub(crate) fn unfollowed(self, why: String) -> Self {
        Self {
            unfollowed: Some(why),
            ..self
        }
    }

    /// The answer as an error, with as much of its body as comes within `left`. `place` is `host:port`.
    pub(crate) async fn error(mut self, place: &str, left: Duration) -> Error {
        let body = body::read(&mut self.transport, &self.head, self.buffer, left).await;
        refusal::error(place, self.head, body, self.unfollowed)
    }
}

/// Asks for the upgrade and checks the answer's head. `host` is said instead of the URL's; `place` is `host:port`.
pub(crate) async fn perform(
    transport: Transport,
    request: &ConnectRequest,
    host: Option<&str>,
    place: &str,
) -> Result<Answer> {
    let key = generate_key();
    let mut exchange = Exchange::new(transport, request::render(&key, request, host));
    let mut buffer = BytesMut::new();
    let head = match read(&mut exchange, &mut buffer, place).await {
        Err(_) if exchange.broken.is_some() && buffer.is_empty() => {
            return Err(error::cut(place, exchange.broken));
        }
        outcome => outcome?,
    };
    if head.status != 101 {
        return Ok(Answer::Refused(Refused {
            transport: exchange.stop(),
            head,
            buffer,
            unfollowed: None,
        }));
    }
    let event = check::check(head, &key, request.protocols())
        .map_err(|reason| error::handshake(place, &reason))?;
    let transport = exchange.finish().await;
    Ok(Answer::Opened(Opened {
        transport: transport.map_err(|broken| error::cut(place, Some(broken)))?,
        leftover: buffer,
        event,
    }))
}

/// Reads the final answer's head.
async fn read(exchange: &mut Exchange, buffer: &mut BytesMut, place: &str) -> Result<Head> {
    let mut reader = HeadReader::new(Answerer::Server);
    loop {
        let head = reader.take(buffer);
        if let Some(head) = head.map_err(|wrong| error::handshake(place, &wrong))? {
            return Ok(head);
        }
        buffer.reserve(4096);
        match exchange.read(buffer).await {
            Ok(0) => return Err(error::cut(place, None)),
            Ok(_) => {}
            Err(broken) => return Err(error::cut(place, Some(broken))),
        }
    }
}
