//! Accepting connections on one port.

use std::io;
use std::net::SocketAddr;

use tokio::net::{TcpListener, TcpStream};
use tokio::task::{AbortHandle, JoinSet};
use tokio::time::timeout;
use tokio_rustls::TlsAcceptor;

use crate::connection;
use crate::limits::HEAD_TIME;
use crate::shared::Shared;
use crate::stream::Stream;

/// One port. Dropping it ends its connections.
#[derive(Debug)]
pub(crate) struct Listener {
    pub(crate) addr: SocketAddr,
    task: AbortHandle,
}

impl Listener {
    /// Binds `addr` and accepts from now on, through TLS when there is an acceptor.
    pub(crate) async fn start(
        addr: SocketAddr,
        tls: Option<TlsAcceptor>,
        shared: Shared,
    ) -> io::Result<Self> {
        let listener = TcpListener::bind(addr).await?;
        let addr = listener.local_addr()?;
        let task = tokio::spawn(accept(listener, tls, shared)).abort_handle();
        Ok(Self { addr, task })
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        // The task owns its connections in a set that aborts them in turn.
        self.task.abort();
    }
}

async fn accept(listener: TcpListener, tls: Option<TlsAcceptor>, shared: Shared) {
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok((tcp, _)) => drop(connections.spawn(serve(tcp, tls.clone(), shared.clone()))),
                // A client that gave up, or no file handle left: others may still come.
                Err(_) => tokio::task::yield_now().await,
            },
            Some(_) = connections.join_next() => {}
        }
    }
}

async fn serve(tcp: TcpStream, tls: Option<TlsAcceptor>, shared: Shared) {
    // A socket that is gone fails at its first read.
    let _ = tcp.set_nodelay(true);
    let stream = match tls {
        None => Stream::plain(tcp),
        Some(acceptor) => match timeout(HEAD_TIME, acceptor.accept(tcp)).await {
            Ok(Ok(tls)) => Stream::tls(tls),
            _ => return,
        },
    };
    connection::serve(stream, shared).await;
}
