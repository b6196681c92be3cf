//! One accepted connection: plain TCP, or TLS over it.

use std::future::poll_fn;
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::{Buf, BytesMut};
use taro_socket_test_protocol::End;
use tokio::io::{AsyncRead, AsyncWrite, AsyncWriteExt, Interest, ReadBuf};
use tokio::net::TcpStream;
use tokio::time::{interval, timeout};
use tokio_rustls::server::TlsStream;

use crate::limits::{LINGER_TIME, READ_CHUNK, WATCH_PERIOD};
use crate::peer::Ending;

trait Duplex: AsyncRead + AsyncWrite + Unpin + Send {}
impl<T: AsyncRead + AsyncWrite + Unpin + Send> Duplex for T {}

enum Kind {
    Plain(TcpStream),
    Tls(Box<TlsStream<TcpStream>>),
}

/// An accepted connection with buffered reads and one write per batch.
pub(crate) struct Stream {
    kind: Kind,
    scratch: Vec<u8>,
    unflushed: bool,
}

/// What one step of a connection did.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Step {
    /// Bytes were written or flushed.
    Wrote,
    /// Bytes were read.
    Read,
    /// The client ended its side.
    Eof,
}

impl Stream {
    pub(crate) fn plain(tcp: TcpStream) -> Self {
        Self::new(Kind::Plain(tcp))
    }

    pub(crate) fn tls(tls: TlsStream<TcpStream>) -> Self {
        Self::new(Kind::Tls(Box::new(tls)))
    }

    fn new(kind: Kind) -> Self {
        Self {
            kind,
            scratch: vec![0; READ_CHUNK],
            unflushed: false,
        }
    }

    /// Writes what is in `output` and, with `read`, appends what arrives to `input`; returns after any progress.
    ///
    /// Both directions advance in one task, so a client that does not read cannot keep the server from reading.
    /// Loses nothing when dropped: all progress is in the two buffers.
    pub(crate) async fn step(
        &mut self,
        output: &mut BytesMut,
        input: &mut BytesMut,
        read: bool,
    ) -> io::Result<Step> {
        poll_fn(|cx| {
            let wrote = self.poll_write_all(cx, output)?;
            if read && let Poll::Ready(count) = self.poll_read(cx, input)? {
                let step = if count == 0 { Step::Eof } else { Step::Read };
                return Poll::Ready(Ok(step));
            }
            if wrote {
                return Poll::Ready(Ok(Step::Wrote));
            }
            Poll::Pending
        })
        .await
    }

    /// Appends what arrives to `input`; 0 when the client ended its side.
    pub(crate) async fn read(&mut self, input: &mut BytesMut) -> io::Result<usize> {
        poll_fn(|cx| self.poll_read(cx, input)).await
    }

    /// Writes and flushes all of `bytes`.
    pub(crate) async fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        let stream = self.duplex();
        stream.write_all(bytes).await?;
        stream.flush().await
    }

    /// Ends TCP as told. After FIN it reads `input` until the client ends its side too, at most two seconds.
    pub(crate) async fn end(mut self, ending: Ending, input: &mut BytesMut) {
        if ending == Ending::Reset {
            // Without a lingering time, closing the socket sends RST instead of FIN.
            let _ = self.tcp().set_zero_linger();
            return;
        }
        let goodbye = async {
            let _ = self.duplex().shutdown().await;
            // Closing with unread bytes would send RST.
            while input.len() <= READ_CHUNK * 16 && self.read(input).await.is_ok_and(|n| n > 0) {}
            let mut rest = BytesMut::new();
            while self.read(&mut rest).await.is_ok_and(|n| n > 0) {
                rest.clear();
            }
        };
        let _ = timeout(LINGER_TIME, goodbye).await;
    }

    /// Waits until the client is gone, without reading.
    pub(crate) async fn gone(&self) -> End {
        let mut tick = interval(WATCH_PERIOD);
        loop {
            tick.tick().await;
            let tcp = self.tcp();
            if let Ok(Some(_)) = tcp.take_error() {
                return End::Reset;
            }
            // Unread bytes make the socket readable at once, so readiness is looked at, not waited for.
            let closed = tokio::select! {
                biased;
                ready = tcp.ready(Interest::READABLE) => ready.is_ok_and(|ready| ready.is_read_closed()),
                () = std::future::ready(()) => false,
            };
            if closed {
                return End::Eof;
            }
        }
    }

    fn poll_write_all(&mut self, cx: &mut Context<'_>, output: &mut BytesMut) -> io::Result<bool> {
        let mut progress = false;
        let mut stream = Pin::new(self.kind.duplex());
        while !output.is_empty() {
            match stream.as_mut().poll_write(cx, output)? {
                Poll::Ready(0) => return Err(io::ErrorKind::WriteZero.into()),
                Poll::Ready(count) => output.advance(count),
                Poll::Pending => return Ok(progress),
            }
            progress = true;
            self.unflushed = true;
        }
        if self.unflushed && stream.poll_flush(cx)?.is_ready() {
            self.unflushed = false;
        }
        Ok(progress)
    }

    fn poll_read(&mut self, cx: &mut Context<'_>, input: &mut BytesMut) -> Poll<io::Result<usize>> {
        let mut buffer = ReadBuf::new(&mut self.scratch);
        ready!(Pin::new(self.kind.duplex()).poll_read(cx, &mut buffer))?;
        input.extend_from_slice(buffer.filled());
        Poll::Ready(Ok(buffer.filled().len()))
    }

    fn duplex(&mut self) -> &mut dyn Duplex {
        self.kind.duplex()
    }

    fn tcp(&self) -> &TcpStream {
        match &self.kind {
            Kind::Plain(tcp) => tcp,
            Kind::Tls(tls) => tls.get_ref().0,
        }
    }
}

impl Kind {
    fn duplex(&mut self) -> &mut dyn Duplex {
        match self {
            Self::Plain(tcp) => tcp,
            Self::Tls(tls) => tls,
        }
    }
}
