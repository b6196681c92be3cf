//! Stands in for TLS where no provider is compiled in.

use taro_socket_api::{Error, ErrorKind, Result, UrlHost};
use tokio::net::TcpStream;

use crate::transport::Transport;

/// Refuses `wss://`.
#[derive(Default)]
pub(crate) struct Tls;

impl Tls {
    #[allow(
        clippy::unused_async,
        clippy::unused_self,
        reason = "the same signature as with TLS"
    )]
    pub(crate) async fn connect(&self, _tcp: TcpStream, _host: &UrlHost<'_>) -> Result<Transport> {
        let text = "wss:// needs one of the features tls-ring and tls-aws-lc";
        Err(Error::new(ErrorKind::Unsupported, text))
    }
}
