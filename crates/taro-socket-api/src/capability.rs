//! What differs between platforms, as an enum and a set.

use std::fmt;

macro_rules! capabilities {
    ($($(#[$doc:meta])* $name:ident,)*) => {
        /// Something that some platforms can do and others cannot.
        ///
        /// What every platform does has no capability. Asking for what the platform
        /// lacks gives [`ErrorKind::Unsupported`](crate::ErrorKind::Unsupported).
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        #[repr(u8)]
        pub enum Capability {
            $($(#[$doc])* $name,)*
        }

        impl Capability {
            /// Every capability, in declaration order.
            pub const ALL: &[Self] = &[$(Self::$name),*];

            /// The name in Rust casing, as the support matrix shows it.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$name => stringify!($name),)*
                }
            }
        }
    };
}

capabilities! {
    /// Custom request headers reach the server.
    RequestHeader,
    /// The response headers of the handshake are reported on open.
    ResponseHeader,
    /// The status and the beginning of the body of a refused handshake are reported in the error.
    HandshakeResponse,
    /// `ws://` is allowed, not only `wss://`.
    PlainWs,
    /// `tcp_no_delay` sets the socket option.
    TcpNoDelay,
    /// `per_message_deflate` can be asked for (RFC 7692).
    PerMessageDeflate,
    /// `force_cellular_network` can be asked for (WeChat).
    ForceCellularNetwork,
    /// Reading stops while a consumer is behind, so that the peer is slowed down.
    InboundBackPressure,
    /// Frames are looked at before they are whole: an announced length above `Limits::max_message_bytes` is
    /// refused at once, and fragments are counted within `Limits::max_fragments`.
    FrameLimits,
    /// A breach of RFC 6455 by the peer has an error kind of its own, and the peer is told why: `Protocol`
    /// and 1002, `InvalidUtf8` and 1007, `LimitExceeded` and 1009.
    PeerErrorCodes,
    /// The subprotocol that the server selected is told.
    SelectedProtocol,
    /// Code and reason of a server's close are told; otherwise it is reported as 1005 without a reason.
    CloseStatus,
    /// How the server answers an own close is told, and that it does not; otherwise an own close is reported
    /// with the code and reason that were asked for, or with another code that the host tells.
    CloseAnswer,
    /// Pings are sent to a server that says nothing, and it is given up if it does not answer
    /// ([`ConnectSocketOption::keep_alive`](crate::ConnectSocketOption::keep_alive)).
    Ping,
    /// `Limits::max_sent_frame_bytes` can be set: larger messages are sent in several frames.
    SentFrameSize,
    /// The host's own WebSocket object can be had from a task. Taro: `SocketTask.ws`.
    Ws,
}

impl fmt::Display for Capability {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A set of [`Capability`].
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub struct CapabilitySet(u32);

impl CapabilitySet {
    /// The set without members.
    pub const EMPTY: Self = Self(0);

    /// The set of these capabilities.
    #[must_use]
    pub const fn of(members: &[Capability]) -> Self {
        let mut bits = 0;
        let mut at = 0;
        while at < members.len() {
            bits |= 1 << members[at] as u8;
            at += 1;
        }
        Self(bits)
    }

    /// Whether `capability` is a member.
    #[must_use]
    pub const fn contains(self, capability: Capability) -> bool {
        self.0 & (1 << capability as u8) != 0
    }

    /// The set with `capability`.
    #[must_use]
    pub const fn with(self, capability: Capability) -> Self {
        Self(self.0 | (1 << capability as u8))
    }

    /// The set without `capability`.
    #[must_use]
    pub const fn without(self, capability: Capability) -> Self {
        Self(self.0 & !(1 << capability as u8))
    }

    /// The members, in declaration order.
    pub fn iter(self) -> impl Iterator<Item = Capability> {
        let all = Capability::ALL.iter().copied();
        all.filter(move |capability| self.contains(*capability))
    }
}

impl FromIterator<Capability> for CapabilitySet {
    fn from_iter<T: IntoIterator<Item = Capability>>(members: T) -> Self {
        members.into_iter().fold(Self::EMPTY, Self::with)
    }
}

impl fmt::Debug for CapabilitySet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.iter()).finish()
    }
}
