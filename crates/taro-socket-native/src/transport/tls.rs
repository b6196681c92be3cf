//! TLS records over a byte stream, driven by rustls without waiting.

mod duplex;
mod handshake;

use std::{
    io::{self, Read, Write},
    pin::Pin,
    task::{Context, Poll, Waker, ready},
};

use bytes::BytesMut;
use rustls::ClientConnection;
use tokio::io::AsyncWrite;

use crate::ByteStream;

/// A TLS session and the stream below it.
///
/// Reading and writing are kept apart: while writing is blocked, reading goes on, so that two
/// peers that both write cannot wait for each other for ever.
#[derive(Debug)]
pub(crate) struct TlsStream {
    session: ClientConnection,
    stream: ByteStream,
    /// Why decrypting ended. It is told when what came before has been read.
    failed: Option<io::Error>,
}

/// Plaintext taken from the session at a time: one TLS record (RFC 8446 §5.1).
const RECORD: usize = 16 << 10;

impl TlsStream {
    /// What is below.
    pub(super) fn stream(&self) -> &ByteStream {
        &self.stream
    }

    /// Reads records and decrypts them; 0 is the end of the stream.
    fn poll_pull(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<usize>> {
        match self.session.read_tls(&mut self.stream.now(cx)) {
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => Poll::Pending,
            Err(error) => Poll::Ready(Err(error)),
            Ok(read) => {
                self.decrypt(cx);
                Poll::Ready(Ok(read))
            }
        }
    }

    fn decrypt(&mut self, cx: &mut Context<'_>) {
        if let Err(error) = self.session.process_new_packets() {
            // The alert that tells the peer why is sent if it can be, and is not waited for.
            drop(self.push(cx));
            self.failed = Some(io::Error::new(io::ErrorKind::InvalidData, error));
        }
    }

    pub(super) fn poll_read(
        &mut self,
        cx: &mut Context<'_>,
        buffer: &mut BytesMut,
    ) -> Poll<io::Result<usize>> {
        let start = buffer.len();
        // No more than there is room for: whose memory it is knows best how to make more.
        let room = (buffer.capacity() - start).clamp(1, RECORD);
        buffer.resize(start + room, 0);
        let outcome = self.poll_plain(cx, &mut buffer[start..]);
        let read = match &outcome {
            Poll::Ready(Ok(read)) => *read,
            _ => 0,
        };
        buffer.truncate(start + read);
        outcome
    }

    fn poll_plain(&mut self, cx: &mut Context<'_>, room: &mut [u8]) -> Poll<io::Result<usize>> {
        loop {
            match self.session.reader().read(room) {
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
                // An end without close_notify is an end; the missing Close frame tells the rest.
                Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => {
                    return Poll::Ready(Ok(0));
                }
                outcome => return Poll::Ready(outcome),
            }
            if let Some(error) = self.failed.take() {
                return Poll::Ready(Err(error));
            }
            ready!(self.poll_pull(cx))?;
        }
    }

    /// Encrypts some of `bytes` and writes what TCP takes; the session holds a bounded rest.
    pub(super) fn poll_write(
        &mut self,
        cx: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        loop {
            let taken = self.session.writer().write(bytes)?;
            if taken > 0 {
                return match self.push(cx) {
                    Err(error) if error.kind() != io::ErrorKind::WouldBlock => {
                        Poll::Ready(Err(error))
                    }
                    _ => Poll::Ready(Ok(taken)),
                };
            }
            ready!(self.poll_flush(cx))?;
        }
    }

    pub(super) fn poll_flush(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        match self.push(cx) {
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => Poll::Pending,
            Err(error) => Poll::Ready(Err(error)),
            Ok(()) => Pin::new(&mut self.stream).poll_flush(cx),
        }
    }

    /// Ends the session, then the stream, on this side, behind what was written (RFC 8446 §6.1).
    pub(super) fn poll_shutdown(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.session.send_close_notify();
        ready!(self.poll_flush(cx))?;
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }

    fn push(&mut self, cx: &mut Context<'_>) -> io::Result<()> {
        while self.session.wants_write() {
            if self.session.write_tls(&mut self.stream.now(cx))? == 0 {
                return Err(io::ErrorKind::WriteZero.into());
            }
        }
        Ok(())
    }
}

impl Drop for TlsStream {
    fn drop(&mut self) {
        self.session.send_close_notify();
        // Whoever drops the connection does not wait for it.
        drop(self.push(&mut Context::from_waker(Waker::noop())));
    }
}
