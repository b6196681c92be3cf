//! The opening handshake of a client (RFC 6455 §4.1).

mod request;
mod response;

use bytes::BytesMut;
use taro_socket_api::{ConnectRequest, OpenEvent, Result};
use tokio_tungstenite::tungstenite::handshake::client::generate_key;

use crate::{error, transport::Transport};

/// Asks for the upgrade and checks the answer; with the bytes that came behind it.
pub(crate) async fn perform(
    transport: &mut Transport,
    request: &ConnectRequest,
) -> Result<(BytesMut, OpenEvent)> {
    let key = generate_key();
    let text = request::render(&key, request);
    transport
        .write_all(text.as_bytes())
        .await
        .map_err(error::transport)?;
    let mut buffer = BytesMut::new();
    let head = response::read_head(transport, &mut buffer).await?;
    if head.status != 101 {
        let body = response::read_body(transport, &head, buffer).await;
        return Err(response::refused(head, body));
    }
    let open = response::check(head, &key, request.protocols())?;
    Ok((buffer, open))
}
