//! A stream that is never waited for, as rustls reads and writes.

use std::{
    io,
    pin::Pin,
    task::{Context, Poll, ready},
};

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

use super::{ByteStream, Kind};

/// A stream as rustls sees it.
pub(crate) struct Now<'a, 'b> {
    pub(super) stream: &'a mut ByteStream,
    pub(super) cx: &'a mut Context<'b>,
}

impl Now<'_, '_> {
    fn poll_read(&mut self, bytes: &mut [u8]) -> Poll<io::Result<usize>> {
        match &mut self.stream.0 {
            // Without tokio's budget: rustls holds a bounded amount.
            Kind::Tcp(tcp) => loop {
                match tcp.try_read(bytes) {
                    Err(error) if error.kind() == io::ErrorKind::WouldBlock => {
                        ready!(tcp.poll_read_ready(self.cx))?;
                    }
                    outcome => return Poll::Ready(outcome),
                }
            },
            Kind::Other(other) => {
                let mut buffer = ReadBuf::new(bytes);
                ready!(Pin::new(other).poll_read(self.cx, &mut buffer))?;
                Poll::Ready(Ok(buffer.filled().len()))
            }
        }
    }

    fn poll_write(&mut self, bytes: &[u8]) -> Poll<io::Result<usize>> {
        match &mut self.stream.0 {
            Kind::Tcp(tcp) => loop {
                match tcp.try_write(bytes) {
                    Err(error) if error.kind() == io::ErrorKind::WouldBlock => {
                        ready!(tcp.poll_write_ready(self.cx))?;
                    }
                    outcome => return Poll::Ready(outcome),
                }
            },
            Kind::Other(other) => Pin::new(other).poll_write(self.cx, bytes),
        }
    }
}

fn now<T>(outcome: Poll<io::Result<T>>) -> io::Result<T> {
    match outcome {
        Poll::Ready(outcome) => outcome,
        Poll::Pending => Err(io::ErrorKind::WouldBlock.into()),
    }
}

impl io::Read for Now<'_, '_> {
    fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
        now(self.poll_read(bytes))
    }
}

impl io::Write for Now<'_, '_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        now(self.poll_write(bytes))
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
