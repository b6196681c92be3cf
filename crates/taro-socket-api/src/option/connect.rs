//! Taro's `connectSocket.Option`.

use std::time::Duration;

use super::{Header, Limits, SocketUrl, protocols, request::ConnectRequest};
use crate::{
    Capability, CapabilitySet, Error, ErrorKind, Result,
    callback::{Callbacks, callback_setters},
};

/// Default of [`ConnectSocketOption::timeout`], Taro's: 60 s.
const DEFAULT_TIMEOUT: Duration = Duration::from_secs(60);

/// What happens to an option that the platform cannot honour.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum UnsupportedPolicy {
    /// `connect_socket` fails with [`ErrorKind::Unsupported`].
    #[default]
    Refuse,
    /// The option is left out, on the caller's explicit wish.
    Ignore,
}

/// Where to connect, and how. Taro: `connectSocket.Option`.
///
/// Nothing is checked before `connect_socket`; then every argument is.
#[derive(Debug)]
pub struct ConnectSocketOption {
    url: String,
    header: Header,
    protocols: Vec<String>,
    tcp_no_delay: Option<bool>,
    per_message_deflate: bool,
    timeout: Duration,
    force_cellular_network: bool,
    limits: Limits,
    unsupported: UnsupportedPolicy,
    callbacks: Callbacks,
}

impl ConnectSocketOption {
    /// Connects to `url`, a `ws` or `wss` URL.
    #[must_use]
    pub fn new(url: impl Into<String>) -> Self {
        Self {
            url: url.into(),
            header: Header::new(),
            protocols: Vec::new(),
            tcp_no_delay: None,
            per_message_deflate: false,
            timeout: DEFAULT_TIMEOUT,
            force_cellular_network: false,
            limits: Limits::default(),
            unsupported: UnsupportedPolicy::Refuse,
            callbacks: Callbacks::default(),
        }
    }

    /// Adds a request header. Needs [`Capability::RequestHeader`].
    ///
    /// `Host`, `Referer`, `Connection`, `Upgrade`, `Sec-WebSocket-*` and other fields of the handshake
    /// itself are refused, and so are CR, LF, NUL and a name given twice.
    #[must_use]
    pub fn header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.header.append(name, value);
        self
    }

    /// Offers subprotocols, in order of preference: tokens without duplicates (RFC 6455 §4.1).
    ///
    /// If any is offered and the server selects none of them, the connection fails.
    #[must_use]
    pub fn protocols<P: Into<String>>(mut self, protocols: impl IntoIterator<Item = P>) -> Self {
        self.protocols.extend(protocols.into_iter().map(Into::into));
        self
    }

    /// Sets TCP no-delay. Needs [`Capability::TcpNoDelay`]. Where nothing is asked for, native sets it.
    #[must_use]
    pub fn tcp_no_delay(mut self, on: bool) -> Self {
        self.tcp_no_delay = Some(on);
        self
    }

    /// Asks for compression (RFC 7692). Needs [`Capability::PerMessageDeflate`].
    #[must_use]
    pub fn per_message_deflate(mut self, on: bool) -> Self {
        self.per_message_deflate = on;
        self
    }

    /// How long the connection and the handshake may take together; default 60 s, above zero.
    #[must_use]
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// Asks for the cellular network even on Wi-Fi. Needs [`Capability::ForceCellularNetwork`].
    #[must_use]
    pub fn force_cellular_network(mut self, on: bool) -> Self {
        self.force_cellular_network = on;
        self
    }

    /// Finite bounds of the connection.
    #[must_use]
    pub fn limits(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }

    /// What happens to an option that the platform cannot honour; refused by default.
    #[must_use]
    pub fn unsupported(mut self, policy: UnsupportedPolicy) -> Self {
        self.unsupported = policy;
        self
    }

    callback_setters! {
        success: "Called once the task exists, before the connection is open.",
        fail: "Called if no task could be made."
    }

    pub(crate) fn take_callbacks(&mut self) -> Callbacks {
        std::mem::take(&mut self.callbacks)
    }

    /// Checks everything against RFC 6455 and the platform's `capabilities`.
    ///
    /// # Errors
    ///
    /// `InvalidArgument` for a malformed argument; `Unsupported` for an option that needs a missing
    /// capability, unless the policy is [`UnsupportedPolicy::Ignore`]. `ws://` without
    /// [`Capability::PlainWs`] is refused under either policy.
    pub fn into_request(mut self, capabilities: CapabilitySet) -> Result<ConnectRequest> {
        let url = SocketUrl::parse(&self.url)?;
        self.header.check()?;
        protocols::check(&self.protocols)?;
        if self.timeout.is_zero() {
            return Err(Error::new(ErrorKind::InvalidArgument, "timeout is zero"));
        }
        if !url.is_secure() && !capabilities.contains(Capability::PlainWs) {
            return Err(unsupported("ws://", Capability::PlainWs, "use wss://"));
        }
        self.check_capabilities(capabilities)?;
        Ok(ConnectRequest {
            url,
            header: self.header,
            protocols: self.protocols,
            tcp_no_delay: self.tcp_no_delay,
            per_message_deflate: self.per_message_deflate,
            timeout: self.timeout,
            force_cellular_network: self.force_cellular_network,
            limits: self.limits,
        })
    }

    fn check_capabilities(&mut self, capabilities: CapabilitySet) -> Result<()> {
        let asked = [
            (!self.header.is_empty(), "header", Capability::RequestHeader),
            (
                self.tcp_no_delay.is_some(),
                "tcp_no_delay",
                Capability::TcpNoDelay,
            ),
            (
                self.per_message_deflate,
                "per_message_deflate",
                Capability::PerMessageDeflate,
            ),
            (
                self.force_cellular_network,
                "force_cellular_network",
                Capability::ForceCellularNetwork,
            ),
        ];
        for (asked, option, capability) in asked {
            if !asked || capabilities.contains(capability) {
                continue;
            }
            if self.unsupported == UnsupportedPolicy::Refuse {
                let hint = "leave it out, or ask with UnsupportedPolicy::Ignore";
                return Err(unsupported(option, capability, hint));
            }
            match capability {
                Capability::RequestHeader => self.header = Header::new(),
                Capability::TcpNoDelay => self.tcp_no_delay = None,
                Capability::PerMessageDeflate => self.per_message_deflate = false,
                _ => self.force_cellular_network = false,
            }
        }
        Ok(())
    }
}

fn unsupported(option: &str, capability: Capability, hint: &str) -> Error {
    let text = format!("{option} is not supported on this platform ({capability}): {hint}");
    Error::new(ErrorKind::Unsupported, text)
}
