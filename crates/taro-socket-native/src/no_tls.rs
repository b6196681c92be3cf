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
    pub(crate) async fn connect(
        &self,
        _tcp: TcpStream,
        _host: &UrlHost<'_>,
        place: &str,
    ) -> Result<Transport> {
        let text = format!(
            "wss:// to {place} needs TLS, which this build lacks: enable the feature tls-ring or tls-aws-lc"
        );
        Err(Error::new(ErrorKind::Unsupported, text))
    }
}
