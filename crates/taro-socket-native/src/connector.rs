//! Makes native tasks.

use std::{
    fmt,
    sync::{Arc, Mutex, PoisonError},
};

use taro_socket_api::{
    Capability, CapabilitySet, ConnectRequest, ConnectSocketOption, Platform, Result,
    SocketConnector, SocketTask, SocketUrl, connect_now,
};

use crate::{ByteStream, NativeConnectorBuilder, name, session, settings::Settings};

const CAPABILITIES: CapabilitySet = CapabilitySet::of(&[
    Capability::RequestHeader,
    Capability::ResponseHeader,
    Capability::HandshakeResponse,
    Capability::PlainWs,
    Capability::TcpNoDelay,
    Capability::InboundBackPressure,
    Capability::FrameLimits,
    Capability::PeerErrorCodes,
    Capability::SelectedProtocol,
    Capability::CloseStatus,
    Capability::CloseAnswer,
    Capability::Ping,
    Capability::SentFrameSize,
]);

/// Makes tasks on tokio. Cloning shares the set-up.
#[derive(Clone, Default)]
pub struct NativeConnector {
    settings: Arc<Settings>,
}

impl NativeConnector {
    /// A connector with the defaults.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets how connections are made: TLS, the dialer, TCP.
    pub fn builder() -> NativeConnectorBuilder {
        NativeConnectorBuilder::default()
    }

    pub(crate) fn of(settings: Settings) -> Self {
        Self {
            settings: Arc::new(settings),
        }
    }

    /// Makes a task over a stream that exists: TLS, if the URL is `wss://`, and the opening handshake follow on it.
    ///
    /// Nothing is resolved or dialled; `tcp_no_delay` and the settings of TCP are the stream's own.
    ///
    /// ```
    /// use taro_socket_api::ConnectSocketOption;
    /// use taro_socket_native::{ByteStream, NativeConnector};
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> taro_socket_api::Result<()> {
    /// let (ours, _theirs) = tokio::io::duplex(4096);
    /// let option = ConnectSocketOption::new("ws://pipe/");
    /// let task = NativeConnector::new().connect_over(ByteStream::new(ours), option)?;
    /// # drop(task);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// What [`connect_now`](taro_socket_api::connect_now) says; `Unsupported` for `tcp_no_delay`.
    pub fn connect_over(
        &self,
        stream: impl Into<ByteStream>,
        option: ConnectSocketOption,
    ) -> Result<Arc<dyn SocketTask>> {
        let stream = Mutex::new(Some(stream.into()));
        let connector = self.clone();
        connect_now(&Over { connector, stream }, option)
    }
}

impl fmt::Debug for NativeConnector {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("NativeConnector").finish_non_exhaustive()
    }
}

impl SocketConnector for NativeConnector {
    fn platform(&self) -> Platform {
        Platform::Native
    }

    fn capabilities(&self) -> CapabilitySet {
        match self.settings.dialer {
            // Its streams may be no TCP.
            Some(_) => CAPABILITIES.without(Capability::TcpNoDelay),
            None => CAPABILITIES,
        }
    }

    fn parse_url(&self, url: &str) -> Result<SocketUrl> {
        SocketUrl::parse_with(url, name::to_ascii)
    }

    fn connect_socket_now(&self, request: ConnectRequest) -> Result<Arc<dyn SocketTask>> {
        session::start(&self.settings, request, None)
    }
}

/// Makes one task, over a stream that exists.
#[derive(Debug)]
struct Over {
    connector: NativeConnector,
    stream: Mutex<Option<ByteStream>>,
}

impl SocketConnector for Over {
    fn platform(&self) -> Platform {
        self.connector.platform()
    }

    fn capabilities(&self) -> CapabilitySet {
        CAPABILITIES.without(Capability::TcpNoDelay)
    }

    fn parse_url(&self, url: &str) -> Result<SocketUrl> {
        self.connector.parse_url(url)
    }

    fn connect_socket_now(&self, request: ConnectRequest) -> Result<Arc<dyn SocketTask>> {
        let stream = self
            .stream
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take();
        session::start(&self.connector.settings, request, stream)
    }
}
