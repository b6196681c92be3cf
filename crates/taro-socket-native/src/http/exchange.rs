//! The request on its way out while the answer comes in.

use std::{
    future::poll_fn,
    io,
    task::{Context, Poll, ready},
};

use bytes::{Buf, Bytes, BytesMut};

use crate::transport::Transport;

/// A connection on which a request is being written.
///
/// A server may answer before it has read everything, and end: so the request is written only while the answer is
/// awaited, and a write that fails is no failure as long as an answer comes.
pub(crate) struct Exchange {
    transport: Transport,
    /// What of the request is still to be written.
    unsent: Bytes,
    /// Why writing has ended before its time.
    pub(crate) broken: Option<io::Error>,
}

impl Exchange {
    pub(crate) fn new(transport: Transport, request: impl Into<Bytes>) -> Self {
        Self {
            transport,
            unsent: request.into(),
            broken: None,
        }
    }

    /// Reads at least one byte of the answer, or 0 at the end; meanwhile the request is written.
    pub(crate) async fn read(&mut self, buffer: &mut BytesMut) -> io::Result<usize> {
        poll_fn(|cx| {
            if self.broken.is_none() {
                if let Poll::Ready(Err(broken)) = self.poll_send(cx) {
                    self.broken = Some(broken);
                }
            }
            self.transport.poll_read(cx, buffer)
        })
        .await
    }

    /// Writes the rest of the request: the connection may be used.
    pub(crate) async fn finish(mut self) -> io::Result<Transport> {
        match self.broken.take() {
            Some(broken) => return Err(broken),
            None => poll_fn(|cx| self.poll_send(cx)).await?,
        }
        Ok(self.transport)
    }

    /// The connection, without the rest of the request.
    pub(crate) fn stop(self) -> Transport {
        self.transport
    }

    fn poll_send(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        while !self.unsent.is_empty() {
            let written = ready!(self.transport.poll_write(cx, &self.unsent))?;
            self.unsent.advance(written);
        }
        self.transport.poll_flush(cx)
    }
}
