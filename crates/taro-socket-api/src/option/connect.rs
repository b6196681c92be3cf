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
/// A malformed argument is told by `connect_socket`, as every other failure is.
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
    /// The first argument found malformed; `connect_socket` tells it.
    malformed: Option<Error>,
    /// What was asked for, and what is said where the platform lacks it.
    demands: Vec<(Capability, &'static str)>,
}

/// The refusal of an option for which a capability is missing.
macro_rules! lacking {
    ($option:literal, $capability:ident) => {
        (
            Capability::$capability,
            concat!(
                $option,
                " is not supported on this platform (",
                stringify!($capability),
                "): leave it out, or ask with UnsupportedPolicy::Ignore"
            ),
        )
    };
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
            malformed: None,
            demands: Vec::new(),
        }
    }

    /// Adds a request header. Needs [`Capability::RequestHeader`].
    ///
    /// `Host`, `Referer`, `Connection`, `Upgrade`, `Sec-WebSocket-*` and other fields of the handshake
    /// itself are refused, and so are CR, LF, NUL and a name given twice.
    #[must_use]
    pub fn header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        let (name, value) = (name.into(), value.into());
        let sound = self.header.check(&name, &value);
        self.header.append(name, value);
        self.demands.push(lacking!("header", RequestHeader));
        self.noting(sound)
    }

    /// Offers subprotocols, in order of preference: tokens without duplicates (RFC 6455 §4.1).
    ///
    /// If any is offered and the server selects none of them, the connection fails.
    #[must_use]
    pub fn protocols<P: Into<String>>(mut self, protocols: impl IntoIterator<Item = P>) -> Self {
        self.protocols.extend(protocols.into_iter().map(Into::into));
        let sound = protocols::check(&self.protocols);
        self.noting(sound)
    }

    /// Sets TCP no-delay. Needs [`Capability::TcpNoDelay`]. Where nothing is asked for, native sets it.
    #[must_use]
    pub fn tcp_no_delay(mut self, on: bool) -> Self {
        self.tcp_no_delay = Some(on);
        self.demands.push(lacking!("tcp_no_delay", TcpNoDelay));
        self
    }

    /// Asks for compression (RFC 7692). Needs [`Capability::PerMessageDeflate`].
    #[must_use]
    pub fn per_message_deflate(mut self, on: bool) -> Self {
        self.per_message_deflate = on;
        let refusal = lacking!("per_message_deflate", PerMessageDeflate);
        self.demanding(on, refusal)
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
        let refusal = lacking!("force_cellular_network", ForceCellularNetwork);
        self.demanding(on, refusal)
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
    pub fn into_request(self, capabilities: CapabilitySet) -> Result<ConnectRequest> {
        let url = SocketUrl::parse(&self.url)?;
        if let Some(malformed) = self.malformed {
            return Err(malformed);
        }
        if self.timeout.is_zero() {
            return Err(Error::new(ErrorKind::InvalidArgument, "timeout is zero"));
        }
        if !url.is_secure() && !capabilities.contains(Capability::PlainWs) {
            let text = "ws:// is not supported on this platform (PlainWs): use wss://";
            return Err(Error::new(ErrorKind::Unsupported, text));
        }
        if self.unsupported == UnsupportedPolicy::Refuse {
            let mut demands = self.demands.into_iter();
            if let Some((_, refusal)) = demands.find(|(need, _)| !capabilities.contains(*need)) {
                return Err(Error::new(ErrorKind::Unsupported, refusal));
            }
        }
        Ok(ConnectRequest {
            url,
            header: self.header,
            protocols: self.protocols,
            tcp_no_delay: self.tcp_no_delay,
            per_message_deflate: self.per_message_deflate,
            timeout: self.timeout,
            force_cellular_network: self.force_cellular_network,
            limits: self.limits,
            capabilities,
        })
    }

    /// Keeps the first error.
    fn noting(mut self, sound: Result<()>) -> Self {
        if self.malformed.is_none() {
            self.malformed = sound.err();
        }
        self
    }

    /// Notes a demand that is one only when switched on; switching it off takes it back.
    fn demanding(mut self, on: bool, demand: (Capability, &'static str)) -> Self {
        self.demands
            .retain(|(capability, _)| *capability != demand.0);
        if on {
            self.demands.push(demand);
        }
        self
    }
}
