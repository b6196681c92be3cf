//! From where to where, for errors.

use std::io;

use taro_socket_api::{Error, ErrorKind};

use crate::error;

/// A proxy, and the server behind it.
#[derive(Clone, Copy)]
pub(super) struct Way<'a> {
    /// `proxy host:port`, with the variable that names it.
    pub(super) proxy: &'a str,
    /// `host:port`.
    pub(super) server: &'a str,
}

impl Way<'_> {
    pub(super) fn refused(&self, reason: &str) -> Error {
        error::proxy::refused(ErrorKind::Proxy, self.proxy, self.server, reason)
    }

    pub(super) fn unauthenticated(&self, reason: &str) -> Error {
        error::proxy::refused(
            ErrorKind::ProxyAuthentication,
            self.proxy,
            self.server,
            reason,
        )
    }

    pub(super) fn cut(&self, error: Option<io::Error>) -> Error {
        error::proxy::cut(self.proxy, self.server, error)
    }
}
