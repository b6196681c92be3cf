//! Whether TCP has ended, told without reading.

use std::{
    future::Future,
    pin::pin,
    task::{Context, Poll, Waker},
};

use tokio::io::Interest;

use super::Transport;

impl Transport {
    /// Whether the peer has ended TCP or it was reset, though bytes that came before may wait to be read. Of a stream
    /// that is no TCP it cannot be told.
    ///
    /// tokio keeps that the reading side is closed beside the fact that there are bytes (run on Linux only); nothing but
    /// bytes wakes a task, though, so this has to be asked.
    pub(crate) fn has_ended(&self) -> bool {
        let stream = match self {
            Self::Plain(stream) => stream,
            #[cfg(feature = "__tls")]
            Self::Tls(tls) => tls.stream(),
        };
        let Some(tcp) = stream.tcp() else {
            return false;
        };
        let ready = pin!(tcp.ready(Interest::READABLE));
        let asked = ready.poll(&mut Context::from_waker(Waker::noop()));
        matches!(asked, Poll::Ready(Ok(ready)) if ready.is_read_closed())
    }
}
