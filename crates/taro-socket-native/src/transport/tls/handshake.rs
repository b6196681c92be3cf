//! The TLS handshake.

use std::{
    future::poll_fn,
    io::{self, Read as _},
    task::{Context, Poll},
};

use rustls::ClientConnection;

use super::TlsStream;
use crate::{
    ByteStream,
    transport::glance::{GLANCE, glance},
};

impl TlsStream {
    /// Performs the TLS handshake.
    pub(crate) async fn connect(session: ClientConnection, stream: ByteStream) -> io::Result<Self> {
        let mut stream = Self {
            session,
            stream,
            failed: None,
        };
        poll_fn(|cx| stream.poll_flush(cx)).await?;
        let mut read = poll_fn(|cx| stream.poll_begin(cx)).await?;
        loop {
            match stream.failed.take() {
                Some(error) => return Err(error),
                None if read == 0 => return Err(io::ErrorKind::UnexpectedEof.into()),
                None => {}
            }
            poll_fn(|cx| stream.poll_flush(cx)).await?;
            // The last flight may have been ours.
            if !stream.session.is_handshaking() {
                return Ok(stream);
            }
            read = poll_fn(|cx| stream.poll_pull(cx)).await?;
        }
    }

    /// Reads the beginning of the answer, and sees whether it is TLS at all.
    fn poll_begin(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<usize>> {
        let mut beginning = [0; GLANCE];
        let read = match self.stream.now(cx).read(&mut beginning) {
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => return Poll::Pending,
            outcome => outcome?,
        };
        glance(&beginning[..read])?;
        // The session takes more than this at a time.
        self.session.read_tls(&mut &beginning[..read])?;
        self.decrypt(cx);
        Poll::Ready(Ok(read))
    }
}
