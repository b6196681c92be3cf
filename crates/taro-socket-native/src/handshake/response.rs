//! The answer.

use std::time::Duration;

use bytes::{Buf, BytesMut};
use taro_socket_api::{Error, HandshakeResponse, Header, OpenEvent, Result};
use tokio_tungstenite::tungstenite::handshake::derive_accept_key;

use crate::{error, transport::Transport};

const MAX_HEAD_BYTES: usize = 64 << 10;
const MAX_FIELDS: usize = 128;
const MAX_BODY_BYTES: usize = 4 << 10;
/// How long the body of a refusal is waited for.
const BODY_PATIENCE: Duration = Duration::from_secs(1);

pub(super) struct Head {
    pub(super) status: u16,
    header: Header,
}

impl Head {
    /// Whether the comma-separated values of `name` contain `token`, compared without case (RFC 9110 §5.6.1).
    fn has_token(&self, name: &str, token: &str) -> bool {
        let fields = self
            .header
            .iter()
            .filter(|(key, _)| key.eq_ignore_ascii_case(name));
        let mut tokens = fields.flat_map(|(_, value)| value.split(','));
        tokens.any(|value| value.trim().eq_ignore_ascii_case(token))
    }
}

/// Reads up to the empty line, however small the pieces; what is behind it stays in `buffer`.
pub(super) async fn read_head(transport: &mut Transport, buffer: &mut BytesMut) -> Result<Head> {
    let mut searched = 0_usize;
    loop {
        let from = searched.saturating_sub(3);
        let end = buffer[from..]
            .windows(4)
            .position(|window| window == b"\r\n\r\n");
        if let Some(end) = end {
            let length = from + end + 4;
            let head = parse(&buffer[..length])?;
            buffer.advance(length);
            return Ok(head);
        }
        searched = buffer.len();
        if searched > MAX_HEAD_BYTES {
            return Err(error::handshake(format!(
                "the answer's head is over {MAX_HEAD_BYTES} bytes"
            )));
        }
        buffer.reserve(4096);
        let read = transport.read(buffer).await.map_err(error::transport)?;
        if read == 0 {
            return Err(error::handshake(
                "the server ended the connection instead of answering the handshake",
            ));
        }
    }
}

fn parse(bytes: &[u8]) -> Result<Head> {
    let mut fields = [httparse::EMPTY_HEADER; MAX_FIELDS];
    let mut response = httparse::Response::new(&mut fields);
    response.parse(bytes).map_err(|source| {
        error::handshake(format!("the answer is not HTTP: {source}")).with_source(source)
    })?;
    let text = |value: &[u8]| String::from_utf8_lossy(value).trim().to_owned();
    let fields = response.headers.iter();
    Ok(Head {
        status: response.code.unwrap_or_default(),
        header: fields
            .map(|field| (field.name.to_owned(), text(field.value)))
            .collect(),
    })
}

/// The beginning of a refusal's body: what comes within a second, at most 4 KiB.
pub(super) async fn read_body(
    transport: &mut Transport,
    head: &Head,
    mut buffer: BytesMut,
) -> Vec<u8> {
    let announced = head
        .header
        .get("content-length")
        .and_then(|length| length.parse().ok());
    let wanted = announced.unwrap_or(MAX_BODY_BYTES).min(MAX_BODY_BYTES);
    let fill = async {
        while buffer.len() < wanted {
            buffer.reserve(MAX_BODY_BYTES);
            if !transport.read(&mut buffer).await.is_ok_and(|read| read > 0) {
                break;
            }
        }
    };
    // A body that does not come in time is told as far as it came.
    drop(tokio::time::timeout(BODY_PATIENCE, fill).await);
    buffer.truncate(wanted);
    buffer.to_vec()
}

pub(super) fn refused(head: Head, body: Vec<u8>) -> Error {
    let place = match head.header.get("location") {
        Some(place) if (300..400).contains(&head.status) => {
            format!(", which redirects to {place:?}")
        }
        _ => String::new(),
    };
    let text = format!("the server answered {} instead of 101{place}", head.status);
    error::handshake(text).with_response(HandshakeResponse::new(head.status, head.header, body))
}

/// RFC 6455 §4.1, the checks on the server's response, 2 to 6.
pub(super) fn check(head: Head, key: &str, offered: &[String]) -> Result<OpenEvent> {
    if !head.has_token("upgrade", "websocket") {
        return Err(error::handshake("the answer has no `Upgrade: websocket`"));
    }
    if !head.has_token("connection", "upgrade") {
        return Err(error::handshake("the answer has no `Connection: Upgrade`"));
    }
    if head.header.get("sec-websocket-accept") != Some(&derive_accept_key(key.as_bytes())) {
        return Err(error::handshake(
            "Sec-WebSocket-Accept does not match the key",
        ));
    }
    if let Some(extensions) = head.header.get("sec-websocket-extensions") {
        return Err(error::handshake(format!(
            "the server uses an extension nobody asked for: {extensions:?}"
        )));
    }
    let protocol = selected(&head.header, offered)?;
    Ok(OpenEvent::new(head.header, protocol))
}

fn selected(header: &Header, offered: &[String]) -> Result<Option<String>> {
    match header.get("sec-websocket-protocol") {
        None if offered.is_empty() => Ok(None),
        None => Err(error::handshake(
            "the server selected none of the subprotocols offered",
        )),
        Some(selected) if offered.iter().any(|protocol| protocol == selected) => {
            Ok(Some(selected.to_owned()))
        }
        Some(selected) => Err(error::handshake(format!(
            "the server selected the subprotocol {selected:?}, which was not offered"
        ))),
    }
}
