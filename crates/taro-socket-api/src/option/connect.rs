//! Taro's `connectSocket.Option`.

use std::time::Duration;

use super::{
    Header, KeepAlive, Limits, SocketUrl,
    demands::Demands,
    keep_alive::Pings,
    protocols::{self, Protocols},
    request::ConnectRequest,
};
use crate::{
    Capability, CapabilitySet, Error, ErrorKind, Result, SocketConnector,
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
    /// Its URL is not checked yet.
    request: ConnectRequest,
    unsupported: UnsupportedPolicy,
    callbacks: Callbacks,
    /// The first argument found malformed; `connect_socket` tells it.
    malformed: Option<Error>,
    demands: Demands,
}

impl ConnectSocketOption {
    /// Connects to `url`, a `ws` or `wss` URL, as the `WebSocket` constructor takes it (WHATWG WebSockets §3.1).
    ///
    /// What a URL cannot hold is percent-encoded, and an international host is mapped to ASCII; a fragment and a user name
    /// are refused. [`SocketUrl`] says the whole rule.
    #[must_use]
    pub fn new(url: impl Into<String>) -> Self {
        Self {
            request: ConnectRequest {
                url: SocketUrl::unchecked(url.into()),
                header: Header::new(),
                protocols: Protocols::default(),
                tcp_no_delay: None,
                per_message_deflate: false,
                timeout: DEFAULT_TIMEOUT,
                force_cellular_network: false,
                limits: Limits::default(),
                pings: Pings::Default,
                capabilities: CapabilitySet::EMPTY,
            },
            unsupported: UnsupportedPolicy::Refuse,
            callbacks: Callbacks::default(),
            malformed: None,
            demands: Demands::default(),
        }
    }

    /// Adds a request header. Needs [`Capability::RequestHeader`].
    ///
    /// `Host`, `Referer`, `Connection`, `Upgrade`, `Sec-WebSocket-*` and other fields of the handshake
    /// itself are refused, and so are CR, LF, NUL and a name given twice.
    #[must_use]
    pub fn header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        let (name, value) = (name.into(), value.into());
        let sound = self.request.header.check(&name, &value);
        self.request.header.append(name, value);
        self.demands.set(Capability::RequestHeader, true);
        self.noting(sound)
    }

    /// Offers subprotocols, in order of preference: tokens without duplicates (RFC 6455 §4.1).
    ///
    /// If any is offered and the server selects none of them, the connection fails.
    #[must_use]
    pub fn protocols<P: Into<String>>(mut self, protocols: impl IntoIterator<Item = P>) -> Self {
        let offered = &mut self.request.protocols.0;
        offered.extend(protocols.into_iter().map(Into::into));
        let sound = protocols::check(offered);
        self.noting(sound)
    }

    /// Sets TCP no-delay. Needs [`Capability::TcpNoDelay`]. Where nothing is asked for, native sets it.
    #[must_use]
    pub fn tcp_no_delay(mut self, on: bool) -> Self {
        self.request.tcp_no_delay = Some(on);
        self.demands.set(Capability::TcpNoDelay, true);
        self
    }

    /// Asks for compression (RFC 7692). Needs [`Capability::PerMessageDeflate`].
    #[must_use]
    pub fn per_message_deflate(mut self, on: bool) -> Self {
        self.request.per_message_deflate = on;
        self.demands.set(Capability::PerMessageDeflate, on);
        self
    }

    /// How long the connection and the handshake may take together; default 60 s, above zero.
    #[must_use]
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.request.timeout = timeout;
        self
    }

    /// Asks for the cellular network even on Wi-Fi. Needs [`Capability::ForceCellularNetwork`].
    #[must_use]
    pub fn force_cellular_network(mut self, on: bool) -> Self {
        self.request.force_cellular_network = on;
        self.demands.set(Capability::ForceCellularNetwork, on);
        self
    }

    /// Finite bounds of the connection.
    #[must_use]
    pub fn limits(mut self, limits: Limits) -> Self {
        self.request.limits = limits;
        let bound = limits.max_sent_frame_bytes != usize::MAX;
        self.demands.set(Capability::SentFrameSize, bound);
        self
    }

    /// Sends a Ping when nothing has come from the server for `interval`, and ends the connection if then nothing comes
    /// for `deadline`: with [`ErrorKind::Timeout`], 1006 and
    /// [`CloseCause::Timeout`](crate::CloseCause::Timeout), without a closing handshake. Both above zero. Needs
    /// [`Capability::Ping`].
    ///
    /// Any byte from the server counts as life. `interval` may be up to a tenth shorter, so that many clients do not
    /// ping together. While reading pauses for a consumer that is behind, nothing is judged. Where nothing is asked
    /// for, native has 20 s and 20 s; [`without_keep_alive`](Self::without_keep_alive) sends none.
    #[must_use]
    pub fn keep_alive(mut self, interval: Duration, deadline: Duration) -> Self {
        self.demands.set(Capability::Ping, true);
        match KeepAlive::new(interval, deadline) {
            Ok(keep_alive) => {
                self.request.pings = Pings::On(keep_alive);
                self
            }
            Err(error) => self.noting(Err(error)),
        }
    }

    /// Sends no pings of its own, also where the platform does by default.
    #[must_use]
    pub fn without_keep_alive(mut self) -> Self {
        self.demands.set(Capability::Ping, false);
        self.request.pings = Pings::Off;
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
        let url = SocketUrl::parse(self.request.url.as_str())?;
        self.checked(url, capabilities)
    }

    /// As [`into_request`](Self::into_request), with the capabilities and the URL parser of `connector`.
    pub(crate) fn into_request_of(self, connector: &dyn SocketConnector) -> Result<ConnectRequest> {
        let url = connector.parse_url(self.request.url.as_str())?;
        self.checked(url, connector.capabilities())
    }

    fn checked(self, url: SocketUrl, capabilities: CapabilitySet) -> Result<ConnectRequest> {
        let mut request = self.request;
        request.url = url;
        request.capabilities = capabilities;
        if let Some(malformed) = self.malformed {
            return Err(malformed);
        }
        if request.timeout.is_zero() {
            return Err(Error::new(ErrorKind::InvalidArgument, "timeout is zero"));
        }
        if request.limits.max_sent_frame_bytes == 0 {
            let text = "max_sent_frame_bytes is zero";
            return Err(Error::new(ErrorKind::InvalidArgument, text));
        }
        if !request.url.is_secure() && !capabilities.contains(Capability::PlainWs) {
            let text = "ws:// is not supported on this platform (PlainWs): use wss://";
            return Err(Error::new(ErrorKind::Unsupported, text));
        }
        if self.unsupported == UnsupportedPolicy::Refuse {
            self.demands.check(capabilities)?;
        }
        Ok(request)
    }

    /// Keeps the first error.
    fn noting(mut self, sound: Result<()>) -> Self {
        if self.malformed.is_none() {
            self.malformed = sound.err();
        }
        self
    }
}
