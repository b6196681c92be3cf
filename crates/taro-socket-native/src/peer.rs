//! With whom TLS is spoken.

use taro_socket_api::UrlHost;

use crate::http::Answerer;

/// The server of a URL, or a proxy.
#[derive(Clone, Copy, Debug)]
#[cfg_attr(
    not(feature = "__tls"),
    allow(dead_code, reason = "nobody to speak it")
)]
pub(crate) struct TlsPeer<'a> {
    pub(crate) host: UrlHost<'a>,
    /// As errors name it.
    pub(crate) place: &'a str,
    pub(crate) answerer: Answerer,
    /// Whether the server name of the TLS options is this one's.
    pub(crate) named_by_options: bool,
    /// Whether the client certificate of the TLS options is kept back.
    pub(crate) anonymously: bool,
}
