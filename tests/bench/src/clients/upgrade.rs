//! The opening handshake for engines that take a stream after it.

use std::io::ErrorKind;

use tokio::{io::AsyncWriteExt as _, net::TcpStream};

use super::Target;
use crate::Result;

/// A stream on which the handshake is done. The peer sends no frame before it has received one, so nothing
/// follows the response head. The accept key is not checked: the peer is our own.
pub(super) async fn upgraded(target: &Target) -> Result<TcpStream> {
    let mut stream = target.stream().await?;
    let request = format!(
        "GET {} HTTP/1.1\r\nHost: {}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\
         Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n",
        target.path, target.websocket
    );
    stream.write_all(request.as_bytes()).await?;
    let mut head = Vec::with_capacity(512);
    while !head.ends_with(b"\r\n\r\n") {
        stream.readable().await?;
        match stream.try_read_buf(&mut head) {
            Ok(0) => return Err("ended in the handshake".into()),
            Ok(_) => {}
            Err(error) if error.kind() == ErrorKind::WouldBlock => {}
            Err(error) => return Err(error.into()),
        }
    }
    if head.starts_with(b"HTTP/1.1 101 ") {
        Ok(stream)
    } else {
        Err("no 101".into())
    }
}
