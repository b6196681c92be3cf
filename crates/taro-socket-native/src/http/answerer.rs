//! Who answers, for texts and bounds.

/// Who answers a request.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Answerer {
    Server,
    Proxy,
}

impl Answerer {
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Server => "the server",
            Self::Proxy => "the proxy",
        }
    }

    /// Who may have changed an answer, too.
    pub(super) const fn or_between(self) -> &'static str {
        match self {
            Self::Server => "the server, or a proxy between,",
            Self::Proxy => "the proxy",
        }
    }

    /// The schemes without and with TLS.
    pub(crate) const fn schemes(self) -> (&'static str, &'static str) {
        match self {
            Self::Server => ("ws://", "wss://"),
            Self::Proxy => ("http://", "https://"),
        }
    }

    /// Header fields that an answer may have. Of a proxy few are looked at, so many are memory for nothing.
    pub(super) const fn max_fields(self) -> usize {
        match self {
            Self::Server => usize::MAX,
            Self::Proxy => 128,
        }
    }
}
