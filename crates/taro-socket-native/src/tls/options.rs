//! What a user can say about TLS.

#[cfg(feature = "tls-rustls-config")]
use std::sync::Arc;

mod session;
mod trust;

/// Whom to trust, and whom to be, over `wss://`.
///
/// # Whom the program trusts
///
/// One of [`platform_verifier`](Self::platform_verifier), [`webpki_roots`](Self::webpki_roots) and
/// [`only_added_roots`](Self::only_added_roots) decides, and no cargo feature changes it. Where none is called,
/// cargo features decide: Mozilla's roots where `tls-webpki-roots` is on, otherwise the operating system's
/// verifier where `tls-platform-verifier` is on, otherwise nobody. So the default feature, which any crate of
/// the graph may turn on by accident, never overrides one that was chosen. A library turns on neither; a program
/// whose trust must not depend on the crates that it uses calls one of the three.
///
/// A server without an authority is trusted by its certificate ([`only_certificate`](Self::only_certificate)) or its
/// fingerprint ([`only_certificate_sha256`](Self::only_certificate_sha256)).
///
/// # Certificates and keys
///
/// They are taken as files hold them, in PEM (RFC 7468) or DER (X.690); which of the two is seen from the bytes. PEM may
/// hold more than what is looked for, and several certificates; DER certificates may stand one behind the other. An
/// encrypted key is refused with the command that decrypts it.
///
/// ```no_run
/// use std::fs::read;
/// use taro_socket_native::TlsOptions;
///
/// # fn run() -> std::io::Result<()> {
/// // A company's authority beside the system's, and who this client is.
/// let company = TlsOptions::new()
///     .add_root_certificate(read("ca.pem")?)
///     .client_certificate(read("client.pem")?, read("client-key.pem")?);
/// // A device that made its certificate itself.
/// let device = TlsOptions::new().only_certificate(read("device.pem")?);
/// # drop((company, device));
/// # Ok(())
/// # }
/// ```
///
/// # When they are judged
///
/// [`NativeConnectorBuilder::build`](crate::NativeConnectorBuilder::build) refuses what the options themselves get wrong
/// with `InvalidArgument`, also options that exclude each other, and what this build lacks with `Unsupported`.
///
/// The set-up is made at the first `wss://` connection of a connector and kept once it succeeds. After a failure,
/// for example because the system's store is empty, it is made anew at the next connection.
#[derive(Clone, Default)]
pub struct TlsOptions {
    /// Each as it was given: PEM or DER, of one or more.
    pub(super) roots: Vec<Vec<u8>>,
    pub(super) base: Option<Base>,
    pub(super) only: Vec<Only>,
    pub(super) anyone: bool,
    pub(super) identity: Option<Identity>,
    pub(super) server_name: Option<String>,
    pub(super) min_version: Option<TlsVersion>,
    pub(super) key_log: bool,
    #[cfg(feature = "tls-rustls-config")]
    pub(super) config: Option<Arc<rustls::ClientConfig>>,
}

/// Whom a program trusts besides the added roots.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Base {
    Platform,
    Webpki,
    Nobody,
}

/// A certificate that is trusted by itself.
#[derive(Clone)]
pub(super) enum Only {
    Certificate(Vec<u8>),
    Sha256(String),
}

/// Who this side says it is: PEM or DER.
#[derive(Clone)]
pub(super) struct Identity {
    pub(super) chain: Vec<u8>,
    pub(super) key: Vec<u8>,
}

/// A version of TLS.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum TlsVersion {
    /// TLS 1.2 (RFC 5246), the lowest there is here.
    Tls12,
    /// TLS 1.3 (RFC 8446).
    Tls13,
}

impl TlsOptions {
    /// The defaults.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }
}

impl std::fmt::Debug for TlsOptions {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut told = f.debug_struct("TlsOptions");
        told.field("base", &self.base)
            .field("added_roots", &self.roots.len())
            .field("only_certificates", &self.only.len())
            .field("accept_any_certificate", &self.anyone)
            .field("client_certificate", &self.identity.is_some())
            .field("server_name", &self.server_name)
            .field("min_version", &self.min_version)
            .field("key_log_file", &self.key_log);
        #[cfg(feature = "tls-rustls-config")]
        told.field("rustls_config", &self.config.is_some());
        told.finish()
    }
}
