//! The opening handshake of the peer, RFC 6455 §4.2.

use std::io::ErrorKind;

use data_encoding::BASE64;
use sha1::{Digest as _, Sha1};
use tokio::net::TcpStream;

use crate::Result;

const GUID: &[u8] = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
/// Longest request head, in bytes.
const LONGEST: usize = 4096;

/// Reads the request head, answers 101 and gives the path. Every client here waits for the answer, so no
/// frame follows the head in the same read.
pub(super) async fn accept(stream: &TcpStream) -> Result<String> {
    let mut head = Vec::with_capacity(LONGEST);
    loop {
        stream.readable().await?;
        match stream.try_read_buf(&mut head) {
            Ok(0) => return Err("ended in the handshake".into()),
            Ok(_) => {}
            Err(error) if error.kind() == ErrorKind::WouldBlock => continue,
            Err(error) => return Err(error.into()),
        }
        if let Some((path, answer)) = answer(&head)? {
            stream.writable().await?;
            let written = stream.try_write(answer.as_bytes())?;
            return if written == answer.len() {
                Ok(path)
            } else {
                Err("answer does not fit".into())
            };
        }
        if head.len() >= LONGEST {
            return Err("request head too long".into());
        }
    }
}

/// Path and answer, once the head is complete.
fn answer(head: &[u8]) -> Result<Option<(String, String)>> {
    let mut headers = [httparse::EMPTY_HEADER; 32];
    let mut request = httparse::Request::new(&mut headers);
    if request.parse(head)?.is_partial() {
        return Ok(None);
    }
    let path = request.path.unwrap_or("/").to_owned();
    let key = request
        .headers
        .iter()
        .find(|header| header.name.eq_ignore_ascii_case("sec-websocket-key"));
    let key = key.ok_or("no Sec-WebSocket-Key")?.value;
    let accept = BASE64.encode(&Sha1::new().chain_update(key).chain_update(GUID).finalize());
    let answer = format!(
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\
         Sec-WebSocket-Accept: {accept}\r\n\r\n"
    );
    Ok(Some((path, answer)))
}
