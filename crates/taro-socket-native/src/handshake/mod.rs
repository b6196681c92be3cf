//! The opening handshake of a client (RFC 6455 §4.1).

mod body;
mod check;
mod foreign;
mod head;
mod refusal;
mod request;

use bytes::BytesMut;
use taro_socket_api::{ConnectRequest, OpenEvent, Result};
use tokio_tungstenite::tungstenite::handshake::client::generate_key;

use crate::{error, transport::Transport};

/// Asks for the upgrade and checks the answer; with the bytes that came behind it. `place` is `host:port`.
pub(crate) async fn perform(
    transport: &mut Transport,
    request: &ConnectRequest,
    place: &str,
) -> Result<(BytesMut, OpenEvent)> {
    let key = generate_key();
    let text = request::render(&key, request);
    // A server may answer before it has read everything, and end; its answer says more than the broken pipe.
    let unsent = transport.write_all(text.as_bytes()).await.err();
    let mut buffer = BytesMut::new();
    let head = match head::read(transport, &mut buffer, place).await {
        Err(_) if unsent.is_some() && buffer.is_empty() => return Err(error::cut(place, unsent)),
        outcome => outcome?,
    };
    if head.status != 101 {
        let body = body::read(transport, &head, buffer).await;
        return Err(refusal::error(place, head, body));
    }
    match check::check(head, &key, request.protocols()) {
        Ok(open) => Ok((buffer, open)),
        Err(reason) => Err(error::handshake(place, &reason)),
    }
}
