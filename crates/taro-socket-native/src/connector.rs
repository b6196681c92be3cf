//! Makes native tasks.

use std::{fmt, sync::Arc};

use taro_socket_api::{
    Acceptance, Capability, CapabilitySet, ConnectRequest, Platform, Result, SocketConnector,
    SocketTask, SocketUrl, TaskCore,
};

use crate::{name, queue::queue, runtime, session, task::NativeTask, tls::Tls};

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
]);

/// Makes tasks on tokio. Cloning shares the TLS set-up.
#[derive(Clone, Default)]
pub struct NativeConnector {
    tls: Arc<Tls>,
}

impl NativeConnector {
    /// A connector with the default TLS options.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The same connector with other TLS options, for `wss://`. Options that cannot be used are refused by
    /// `connect_socket`.
    #[cfg(feature = "__tls")]
    #[must_use]
    pub fn with_tls(self, options: crate::TlsOptions) -> Self {
        Self {
            tls: Arc::new(Tls::new(options)),
        }
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
        CAPABILITIES
    }

    fn parse_url(&self, url: &str) -> Result<SocketUrl> {
        SocketUrl::parse_with(url, name::to_ascii)
    }

    fn connect_socket_now(&self, request: ConnectRequest) -> Result<Arc<dyn SocketTask>> {
        if request.url().is_secure() {
            self.tls.check()?;
        }
        let runtime = runtime::current()?;
        let (core, emitter) = TaskCore::new(request.limits(), Acceptance::Queued);
        let (sender, receiver) = queue();
        let tls = Arc::clone(&self.tls);
        runtime::spawn(&runtime, session::run(request, tls, emitter, receiver))?;
        Ok(Arc::new(NativeTask::new(core, sender)))
    }
}
