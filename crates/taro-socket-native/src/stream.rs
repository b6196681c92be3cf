//! A byte stream that somebody has made.

#[cfg(feature = "__tls")]
mod now;

use std::{
    fmt, io,
    pin::Pin,
    task::{Context, Poll},
};

use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    net::TcpStream,
};

/// A byte stream to a server: TCP, or anything that reads and writes.
pub struct ByteStream(Kind);

enum Kind {
    Tcp(TcpStream),
    Other(Box<dyn Duplex>),
}

trait Duplex: AsyncRead + AsyncWrite + Send + Unpin {}

impl<T: AsyncRead + AsyncWrite + Send + Unpin> Duplex for T {}

impl ByteStream {
    /// Any stream. For TCP use `from`: then its end is noticed also while reading pauses.
    ///
    /// Its two directions have to be independent of each other, and `shutdown` has to end the writing one.
    pub fn new(stream: impl AsyncRead + AsyncWrite + Send + Unpin + 'static) -> Self {
        Self(Kind::Other(Box::new(stream)))
    }

    /// The TCP connection, if it is one.
    pub(crate) fn tcp(&self) -> Option<&TcpStream> {
        match &self.0 {
            Kind::Tcp(tcp) => Some(tcp),
            Kind::Other(_) => None,
        }
    }

    /// For who reads without waiting: `WouldBlock` means "not now", and `cx` is woken when it is worth another try.
    #[cfg(feature = "__tls")]
    pub(crate) fn now<'a, 'b>(&'a mut self, cx: &'a mut Context<'b>) -> now::Now<'a, 'b> {
        now::Now { stream: self, cx }
    }
}

impl From<TcpStream> for ByteStream {
    fn from(tcp: TcpStream) -> Self {
        Self(Kind::Tcp(tcp))
    }
}

impl fmt::Debug for ByteStream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Kind::Tcp(tcp) => tcp.fmt(f),
            Kind::Other(_) => f.write_str("ByteStream"),
        }
    }
}

impl AsyncRead for ByteStream {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        match &mut self.0 {
            Kind::Tcp(tcp) => Pin::new(tcp).poll_read(cx, buffer),
            Kind::Other(other) => Pin::new(other).poll_read(cx, buffer),
        }
    }
}

impl AsyncWrite for ByteStream {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        match &mut self.0 {
            Kind::Tcp(tcp) => Pin::new(tcp).poll_write(cx, bytes),
            Kind::Other(other) => Pin::new(other).poll_write(cx, bytes),
        }
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        match &mut self.0 {
            Kind::Tcp(tcp) => Pin::new(tcp).poll_flush(cx),
            Kind::Other(other) => Pin::new(other).poll_flush(cx),
        }
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        match &mut self.0 {
            Kind::Tcp(tcp) => Pin::new(tcp).poll_shutdown(cx),
            Kind::Other(other) => Pin::new(other).poll_shutdown(cx),
        }
    }
}
