//! Options of the session: who this side is, the name, the version, keys for debugging.

#[cfg(feature = "tls-rustls-config")]
use std::sync::Arc;

use super::{Identity, TlsOptions, TlsVersion};

impl TlsOptions {
    /// Presents a client certificate: its chain, leaf first, and its private key (PKCS #8, PKCS #1 or SEC 1), each in PEM
    /// or DER. Both may come from one PEM file.
    ///
    /// A key that is encrypted, of another kind, or not the certificate's, is refused with `InvalidArgument`.
    #[must_use]
    pub fn client_certificate(
        mut self,
        chain: impl Into<Vec<u8>>,
        key: impl Into<Vec<u8>>,
    ) -> Self {
        let (chain, key) = (chain.into(), key.into());
        self.identity = Some(Identity { chain, key });
        self
    }

    /// The name, or address, that the server's certificate has to be for, and that the server is told (SNI, RFC 6066
    /// §3), instead of the URL's host.
    ///
    /// One that is neither a name nor an address is refused with `InvalidArgument`.
    #[must_use]
    pub fn server_name(mut self, name: impl Into<String>) -> Self {
        self.server_name = Some(name.into());
        self
    }

    /// The lowest version of TLS to speak. Default: 1.2.
    #[must_use]
    pub fn min_version(mut self, version: TlsVersion) -> Self {
        self.min_version = Some(version);
        self
    }

    /// **For debugging.** Writes the secrets of each connection to the file that the variable `SSLKEYLOGFILE` of the
    /// environment names, so that others can decrypt what was recorded (RFC 9850). Where it is not set nothing is written.
    ///
    /// The variable is read when the set-up is made; a file that cannot be written fails the connection with
    /// `InvalidArgument`. Without this call the variable has no effect.
    #[must_use]
    pub fn key_log_file(mut self) -> Self {
        self.key_log = true;
        self
    }

    /// Takes a whole configuration of rustls as it is. It decides on everything but
    /// [`server_name`](Self::server_name); any other option beside it is refused with `InvalidArgument`, and so is one
    /// that offers HTTP/2, since the opening handshake is HTTP/1.1 (RFC 6455 §1.7).
    ///
    /// Its type is that of [`crate::rustls`]. A new major version of rustls is a breaking change for who calls this, and
    /// for nobody else, which is why it has a feature.
    #[cfg(feature = "tls-rustls-config")]
    #[must_use]
    pub fn rustls_config(mut self, config: Arc<rustls::ClientConfig>) -> Self {
        self.config = Some(config);
        self
    }
}
