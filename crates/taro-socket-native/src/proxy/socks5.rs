//! SOCKS5 (RFC 1928), with a user name and a password (RFC 1929) where there are any.

mod answer;
mod request;
mod words;

use bytes::{Buf, BytesMut};
use taro_socket_api::Result;

use super::{credentials::Credentials, way::Way};
use crate::{http::Exchange, transport::Transport};
use answer::{Answer, Method};
pub(super) use request::Destination;

/// Asks the proxy to open the way. What the server sends behind the answer is in the buffer.
pub(super) async fn open(
    transport: Transport,
    credentials: Option<&Credentials>,
    destination: &Destination<'_>,
    way: &Way<'_>,
) -> Result<(Transport, BytesMut)> {
    let request = request::connect(destination).ok_or_else(|| {
        way.refused("SOCKS5 takes names of at most 255 bytes: use socks5://, or another proxy")
    })?;
    let mut talk = Talk {
        transport,
        buffer: BytesMut::new(),
        way,
    };
    let greeting = request::greeting(credentials.is_some());
    let method;
    (talk, method) = talk.ask(greeting, answer::method).await?;
    match (method, credentials) {
        (Method::Nothing, _) => {}
        (Method::Password, Some(credentials)) => {
            (talk, ()) = talk.ask(credentials.socks(), answer::password).await?;
        }
        (Method::Refused, None) => {
            return Err(way.unauthenticated(words::UNKNOWN));
        }
        (Method::Refused, Some(_)) => {
            return Err(way.unauthenticated(words::NO_PASSWORD));
        }
        (Method::Password | Method::Other, _) => return Err(way.refused(words::NOT_OFFERED)),
    }
    (talk, ()) = talk.ask(request, answer::reply).await?;
    Ok((talk.transport, talk.buffer))
}

/// A conversation, question by question.
struct Talk<'a> {
    transport: Transport,
    /// What has come and was not looked at yet.
    buffer: BytesMut,
    way: &'a Way<'a>,
}

impl Talk<'_> {
    /// Asks, and waits until the answer is there.
    async fn ask<T>(
        mut self,
        question: Vec<u8>,
        answer: impl Fn(&[u8]) -> Answer<T>,
    ) -> Result<(Self, T)> {
        let mut exchange = Exchange::new(self.transport, question);
        let told = loop {
            match answer(&self.buffer) {
                Answer::There(length, told) => {
                    self.buffer.advance(length);
                    break told;
                }
                Answer::Wrong(error) => return Err(error.told(self.way)),
                Answer::Incomplete => {}
            }
            self.buffer.reserve(512);
            match exchange.read(&mut self.buffer).await {
                Ok(0) => return Err(self.way.cut(exchange.broken.take())),
                Ok(_) => {}
                Err(broken) => {
                    return Err(self.way.cut(exchange.broken.take().or(Some(broken))));
                }
            }
        };
        let transport = exchange.finish().await;
        self.transport = transport.map_err(|broken| self.way.cut(Some(broken)))?;
        Ok((self, told))
    }
}
