//! The way to the server: a byte stream, or TLS over it.

mod end;
#[cfg(feature = "__tls")]
mod glance;
#[cfg(feature = "__tls")]
mod tls;

use std::{
    future::poll_fn,
    io,
    pin::Pin,
    task::{Context, Poll, ready},
};

use bytes::BytesMut;
use tokio::io::AsyncWrite;
use tokio_util::io::poll_read_buf;

use crate::ByteStream;

#[cfg(feature = "__tls")]
pub(crate) use glance::Beginning;
#[cfg(feature = "__tls")]
pub(crate) use tls::TlsStream;

/// A byte stream whose two directions do not wait for each other.
#[derive(Debug)]
pub(crate) enum Transport {
    Plain(ByteStream),
    #[cfg(feature = "__tls")]
    Tls(Box<TlsStream>),
}

impl Transport {
    /// The same, for what is spoken over it in its turn.
    pub(crate) fn into_stream(self) -> ByteStream {
        match self {
            Self::Plain(stream) => stream,
            #[cfg(feature = "__tls")]
            Self::Tls(tls) => ByteStream::new(*tls),
        }
    }

    /// Reads into the room of `buffer`; 0 is the end.
    pub(crate) fn poll_read(
        &mut self,
        cx: &mut Context<'_>,
        buffer: &mut BytesMut,
    ) -> Poll<io::Result<usize>> {
        match self {
            Self::Plain(stream) => poll_read_buf(Pin::new(stream), cx, buffer),
            #[cfg(feature = "__tls")]
            Self::Tls(tls) => tls.poll_read(cx, buffer),
        }
    }

    /// Writes some of `bytes`, which are not empty.
    pub(crate) fn poll_write(
        &mut self,
        cx: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let written = match self {
            Self::Plain(stream) => ready!(Pin::new(stream).poll_write(cx, bytes)),
            #[cfg(feature = "__tls")]
            Self::Tls(tls) => ready!(tls.poll_write(cx, bytes)),
        };
        Poll::Ready(match written {
            Ok(0) => Err(io::ErrorKind::WriteZero.into()),
            Ok(written) if written > bytes.len() => Err(io::Error::new(
                io::ErrorKind::InvalidData,
                "the stream says that it has written more than it was given",
            )),
            outcome => outcome,
        })
    }

    /// Writes what the stream itself still holds.
    pub(crate) fn poll_flush(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        match self {
            Self::Plain(stream) => Pin::new(stream).poll_flush(cx),
            #[cfg(feature = "__tls")]
            Self::Tls(tls) => tls.poll_flush(cx),
        }
    }

    /// Ends the stream on this side, behind what was written; the peer's side stays.
    pub(crate) fn poll_shutdown(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        match self {
            Self::Plain(stream) => Pin::new(stream).poll_shutdown(cx),
            #[cfg(feature = "__tls")]
            Self::Tls(tls) => tls.poll_shutdown(cx),
        }
    }

    /// Reads at least one byte, or 0 at the end.
    pub(crate) async fn read(&mut self, buffer: &mut BytesMut) -> io::Result<usize> {
        poll_fn(|cx| self.poll_read(cx, buffer)).await
    }
}
