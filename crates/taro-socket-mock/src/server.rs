//! A peer as a function.

use std::future::Future;

use taro_socket_api::{BoxFuture, MaybeSend, MaybeSync};

use crate::peer::PeerSocket;

/// Acts as the peer of every connection it is given.
///
/// Every function from a [`PeerSocket`] to a future is a server; see
/// [`MockConnector::serve`](crate::MockConnector::serve).
pub trait Server: MaybeSend + MaybeSync + 'static {
    /// Acts on one connection. The transport ends when `peer` is dropped.
    fn serve(&self, peer: PeerSocket) -> BoxFuture<'static, ()>;
}

impl<F, Fut> Server for F
where
    F: Fn(PeerSocket) -> Fut + MaybeSend + MaybeSync + 'static,
    Fut: Future<Output = ()> + MaybeSend + 'static,
{
    fn serve(&self, peer: PeerSocket) -> BoxFuture<'static, ()> {
        Box::pin(self(peer))
    }
}
