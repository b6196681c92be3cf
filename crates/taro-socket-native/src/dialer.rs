//! How a connection to a server is made, for those who make it themselves.

use std::{fmt, io};

use async_trait::async_trait;

use crate::ByteStream;

/// Makes the byte stream to a server: over a Unix socket, a tunnel, a pipe in memory, a TCP socket with options of one's own.
///
/// A connector that is given one ([`NativeConnectorBuilder::dialer`](crate::NativeConnectorBuilder::dialer)) resolves no name
/// and opens no socket itself. TLS, the opening handshake and the time-out of the option come on top.
///
/// ```
/// use std::io;
/// use taro_socket_native::{ByteStream, DialTarget, Dialer, NativeConnector, async_trait};
///
/// /// Whoever is asked for, this one answers.
/// struct Local;
///
/// #[async_trait]
/// impl Dialer for Local {
///     async fn dial(&self, target: &DialTarget) -> io::Result<ByteStream> {
///         let tcp = tokio::net::TcpStream::connect(("127.0.0.1", target.port())).await?;
///         Ok(tcp.into())
///     }
/// }
///
/// # fn run() -> taro_socket_api::Result<()> {
/// let connector = NativeConnector::builder().dialer(Local).build()?;
/// # Ok(())
/// # }
/// ```
#[async_trait]
pub trait Dialer: Send + Sync + 'static {
    /// Connects to `target`: the server of the URL, or the proxy before it.
    ///
    /// It is called once for each stream that a connection needs (a redirect needs another one), on the connection's own task, and its future is dropped when the
    /// connection is given up or its time is over.
    ///
    /// # Errors
    ///
    /// Any: told as `Connect`, with the target. An [`Error`](taro_socket_api::Error) inside
    /// (`io::Error::other(error)`) is told as it is.
    async fn dial(&self, target: &DialTarget) -> io::Result<ByteStream>;
}

/// Where a [`Dialer`] is to connect to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DialTarget {
    host: String,
    port: u16,
}

impl DialTarget {
    pub(crate) fn new(host: impl Into<String>, port: u16) -> Self {
        Self {
            host: host.into(),
            port,
        }
    }

    /// A name in ASCII, an IPv4 address, or an IPv6 address without brackets.
    #[must_use]
    pub fn host(&self) -> &str {
        &self.host
    }

    /// The port: that of the URL, or its scheme's.
    #[must_use]
    pub fn port(&self) -> u16 {
        self.port
    }
}

/// As `host:port`, with brackets around an IPv6 address.
impl fmt::Display for DialTarget {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.host.contains(':') {
            write!(f, "[{}]:{}", self.host, self.port)
        } else {
            write!(f, "{}:{}", self.host, self.port)
        }
    }
}
