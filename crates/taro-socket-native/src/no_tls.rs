//! Stands in for TLS where no provider is compiled in.

use taro_socket_api::{Error, ErrorKind, Result};

use crate::{ByteStream, peer::TlsPeer, transport::Transport};

/// Refuses `wss://`.
#[derive(Default)]
pub(crate) struct Tls(());

impl Tls {
    /// There is nothing to be in order.
    #[allow(clippy::unused_self, reason = "the same signature as with TLS")]
    pub(crate) fn check(&self) -> Result<()> {
        Err(missing())
    }

    #[allow(
        clippy::unused_async,
        clippy::unused_self,
        reason = "the same signature as with TLS"
    )]
    pub(crate) async fn connect(
        &self,
        _stream: ByteStream,
        _peer: &TlsPeer<'_>,
    ) -> Result<Transport> {
        Err(missing())
    }
}

fn missing() -> Error {
    let text =
        "wss:// needs TLS, which this build lacks: enable the feature tls-ring or tls-aws-lc";
    Error::new(ErrorKind::Unsupported, text)
}
