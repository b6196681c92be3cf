//! Whether an answer is TLS, seen before it is read.

use std::{error::Error, fmt, io};

use tokio::net::TcpStream;

/// The beginning of an answer that is no TLS.
#[derive(Debug)]
pub(crate) struct Beginning(pub(crate) Vec<u8>);

impl fmt::Display for Beginning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not TLS")
    }
}

impl Error for Beginning {}

/// What is looked at.
const GLANCE: usize = 64;

/// Waits for an answer and sees whether it is a TLS record: of type 20 to 24, of version 3 (RFC 8446 §5.1).
pub(super) async fn glance(tcp: &TcpStream) -> io::Result<()> {
    let mut beginning = [0; GLANCE];
    let read = tcp.peek(&mut beginning).await?;
    match beginning[..read] {
        [] | [20..=24] | [20..=24, 3, ..] => Ok(()),
        ref other => Err(io::Error::other(Beginning(other.to_vec()))),
    }
}
