//! CONNECT (RFC 9110 §9.3.6).

use bytes::BytesMut;
use taro_socket_api::{Error, Result};

use super::{challenge::authentication, option::Proxy, way::Way};
use crate::{
    error::excerpt,
    http::{Answerer, Exchange, Head, HeadReader},
    transport::Transport,
};

/// Asks the proxy to open the way. What the server sends behind the answer is in the buffer.
pub(super) async fn open(
    transport: Transport,
    proxy: &Proxy,
    way: &Way<'_>,
) -> Result<(Transport, BytesMut)> {
    let mut exchange = Exchange::new(transport, request(proxy, way.server));
    let (mut reader, mut buffer) = (HeadReader::new(Answerer::Proxy), BytesMut::new());
    let head = loop {
        let head = reader.take(&mut buffer);
        if let Some(head) = head.map_err(|wrong| way.refused(&wrong))? {
            break head;
        }
        buffer.reserve(4096);
        match exchange.read(&mut buffer).await {
            Ok(0) => return Err(way.cut(exchange.broken.take())),
            Ok(_) => {}
            Err(broken) => return Err(way.cut(exchange.broken.take().or(Some(broken)))),
        }
    };
    if !(200..300).contains(&head.status) {
        return Err(refusal(&head, proxy, way));
    }
    // Whatever fields a success has, no body follows it (RFC 9110 §9.3.6).
    let transport = exchange.finish().await;
    Ok((transport.map_err(|broken| way.cut(Some(broken)))?, buffer))
}

/// The request as it goes on the wire; every part was checked before.
fn request(proxy: &Proxy, server: &str) -> String {
    let mut out = format!("CONNECT {server} HTTP/1.1\r\nHost: {server}\r\n");
    let basic = proxy.credentials.as_ref().map(|known| known.basic());
    let basic = basic.as_deref().map(|basic| ("Proxy-Authorization", basic));
    let own = proxy.fields.iter();
    let own = own.map(|(name, value)| (name.as_str(), value.as_str()));
    for (name, value) in basic.into_iter().chain(own) {
        for part in [name, ": ", value, "\r\n"] {
            out.push_str(part);
        }
    }
    out.push_str("\r\n");
    out
}

/// An answer other than 2xx.
fn refusal(head: &Head, proxy: &Proxy, way: &Way<'_>) -> Error {
    let phrase = excerpt::line(&head.reason);
    let blank = if phrase.is_empty() { "" } else { " " };
    let said = format!("it answered {}{blank}{phrase}", head.status);
    // 407 it is to be; some say 401 where the credentials are others.
    if matches!(head.status, 401 | 407) {
        let is_credential =
            |(name, _): &(String, String)| name.eq_ignore_ascii_case("proxy-authorization");
        let known = proxy.credentials.is_some() || proxy.fields.iter().any(is_credential);
        let remedy = authentication(head, known);
        return way
            .unauthenticated(&format!("{said}: {remedy}"))
            .with_status(head.status);
    }
    let remedy = remedy(head.status);
    way.refused(&format!("{said}: {remedy}"))
        .with_status(head.status)
}

fn remedy(status: u16) -> &'static str {
    match status {
        300..=399 => {
            "it leads elsewhere, which is not followed: it may be a portal where one signs in, or no proxy"
        }
        400 => "it did not understand the request: check that a proxy is at this port",
        403 => {
            "it does not allow this server or port: ask who runs it, or leave it out for this server (no_proxy, NO_PROXY)"
        }
        404 | 410 => "it knows no such server, or is no proxy: check host and port of both",
        405 | 501 => "it does not open ways (CONNECT): use a proxy that does",
        429 => "it is asked too often: try again later",
        500..=599 => {
            "it could not reach the server: check the server's host and port, otherwise try again later"
        }
        _ => "see the proxy's log",
    }
}
