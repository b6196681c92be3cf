//! The one error type.

mod kind;

use std::{borrow::Cow, error::Error as StdError, fmt, sync::Arc};

pub use kind::{ErrorKind, RetryAdvice};

use crate::{Header, text::concat};

/// A result with [`Error`].
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// What went wrong, on every platform: cheap to clone, `Send + Sync` everywhere.
///
/// Values of a JavaScript host become text at the border, so no host type is inside.
#[derive(Clone)]
pub struct Error {
    /// One pointer, since errors are moved about much, and each move is code.
    inner: Arc<Inner>,
}

#[derive(Clone)]
struct Inner {
    api: &'static str,
    kind: ErrorKind,
    reason: Cow<'static, str>,
    host_code: Option<i64>,
    status: Option<u16>,
    retry: RetryAdvice,
    /// Beside the rest, so that a copy is little code.
    more: Option<Arc<More>>,
}

/// What only some platforms tell.
#[derive(Clone, Default)]
struct More {
    response: Option<HandshakeResponse>,
    source: Option<Arc<dyn StdError + Send + Sync>>,
}

/// What the server answered instead of 101.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct HandshakeResponse {
    /// HTTP status.
    pub status: u16,
    /// Response headers.
    pub header: Header,
    /// The beginning of the body; adapters cut it at 4 KiB.
    pub body: Vec<u8>,
}

impl HandshakeResponse {
    /// A response.
    #[must_use]
    pub fn new(status: u16, header: Header, body: Vec<u8>) -> Self {
        Self {
            status,
            header,
            body,
        }
    }
}

/// Without what the body says, which is not ours to write into a log.
impl fmt::Debug for HandshakeResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HandshakeResponse")
            .field("status", &self.status)
            .field("header", &self.header)
            .field("body_bytes", &self.body.len())
            .finish()
    }
}

impl Error {
    /// An error of `connectSocket`; [`in_api`](Self::in_api) names another verb.
    #[must_use]
    pub fn new(kind: ErrorKind, reason: impl Into<Cow<'static, str>>) -> Self {
        Self::of(kind, reason.into())
    }

    fn of(kind: ErrorKind, mut reason: Cow<'static, str>) -> Self {
        // Taro promises a text in every failure.
        if reason.is_empty() {
            reason = "unknown error".into();
        }
        Self {
            inner: Arc::new(Inner {
                api: "connectSocket",
                kind,
                reason,
                host_code: None,
                status: None,
                retry: kind.retry(),
                more: None,
            }),
        }
    }

    /// What went wrong, in one word.
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        self.inner.kind
    }

    /// Whether trying again can help; see the table at [`RetryAdvice`].
    #[must_use]
    pub fn retry(&self) -> RetryAdvice {
        self.inner.retry
    }

    /// Taro's `errMsg`: `"{api}:fail {reason}"`.
    #[must_use]
    pub fn err_msg(&self) -> String {
        concat(&[self.inner.api, ":fail ", &self.inner.reason])
    }

    /// What went wrong, in words; never empty.
    #[must_use]
    pub fn reason(&self) -> &str {
        &self.inner.reason
    }

    /// The host's own number (`errno`, `errorCode`), where it gives one.
    #[must_use]
    pub fn host_code(&self) -> Option<i64> {
        self.inner.host_code
    }

    /// What the server answered instead of 101, where the platform tells
    /// ([`Capability::HandshakeResponse`](crate::Capability::HandshakeResponse)).
    #[must_use]
    pub fn response(&self) -> Option<&HandshakeResponse> {
        self.inner.more.as_ref()?.response.as_ref()
    }

    /// The HTTP status that the server answered instead of 101, wherever the host tells it: also where there is
    /// no [`response`](Self::response), but a number in a text. Of the kinds `Proxy` and `ProxyAuthentication` it is
    /// what the proxy answered instead of opening the way.
    #[must_use]
    pub fn status(&self) -> Option<u16> {
        self.inner.status
    }

    /// The same error, told of another verb: `sendSocketMessage`, `closeSocket`.
    #[must_use]
    pub fn in_api(self, api: &'static str) -> Self {
        self.change(|inner| inner.api = api)
    }

    /// The same error in other words, which are not empty.
    #[must_use]
    pub fn with_reason(self, reason: impl Into<Cow<'static, str>>) -> Self {
        let reason = reason.into();
        self.change(|inner| inner.reason = reason)
    }

    /// The same error with the host's number.
    #[must_use]
    pub fn with_host_code(self, code: i64) -> Self {
        self.change(|inner| inner.host_code = Some(code))
    }

    /// The same error with the server's answer, and the advice of its status.
    #[must_use]
    pub fn with_response(self, response: HandshakeResponse) -> Self {
        let error = self.with_status(response.status);
        error.change(|inner| inner.more().response = Some(response))
    }

    /// The same error with the status of the server's answer, and that status' advice.
    #[must_use]
    pub fn with_status(self, status: u16) -> Self {
        self.change(|inner| {
            inner.status = Some(status);
            inner.retry = RetryAdvice::of_status(status);
        })
    }

    /// The same error with other advice than its kind has: where the adapter knows more.
    #[must_use]
    pub fn with_retry(self, retry: RetryAdvice) -> Self {
        self.change(|inner| inner.retry = retry)
    }

    /// The same error with its cause.
    #[must_use]
    pub fn with_source(self, source: impl StdError + Send + Sync + 'static) -> Self {
        self.change(|inner| inner.more().source = Some(Arc::new(source)))
    }

    fn change(mut self, change: impl FnOnce(&mut Inner)) -> Self {
        self.unshare();
        if let Some(inner) = Arc::get_mut(&mut self.inner) {
            change(inner);
        }
        self
    }

    // Once in the module, not once for each change. `Arc::make_mut` would be twice the code.
    #[inline(never)]
    fn unshare(&mut self) {
        if Arc::get_mut(&mut self.inner).is_none() {
            self.inner = Arc::new(Inner::clone(&self.inner));
        }
    }
}

impl Inner {
    fn more(&mut self) -> &mut More {
        Arc::make_mut(self.more.get_or_insert_default())
    }
}

/// The [`reason`](Error::reason). Taro's form, with the name of the call before it, is
/// [`err_msg`](Error::err_msg).
impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.inner.reason)
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut out = f.debug_struct("Error");
        out.field("kind", &self.inner.kind)
            .field("err_msg", &self.err_msg());
        if let Some(code) = self.inner.host_code {
            out.field("host_code", &code);
        }
        if let Some(status) = self.inner.status {
            out.field("status", &status);
        }
        if let Some(source) = StdError::source(self) {
            out.field("source", &source);
        }
        out.finish()
    }
}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        let source = self.inner.more.as_ref()?.source.as_deref()?;
        Some(source)
    }
}
