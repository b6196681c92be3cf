//! What a user can say about TLS.

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
/// What the options themselves get wrong is refused by `connect_socket`, before anything is dialled.
///
/// The set-up is made at the first `wss://` connection of a connector and kept once it succeeds. After a failure,
/// for example because the system's store is empty, it is made anew at the next connection.
#[derive(Clone, Default)]
pub struct TlsOptions {
    pub(super) roots: Vec<Vec<u8>>,
    pub(super) identity: Option<Identity>,
    pub(super) base: Option<Base>,
}

/// Whom a program trusts besides the added roots.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Base {
    Platform,
    Webpki,
    Nobody,
}

#[derive(Clone)]
pub(super) struct Identity {
    pub(super) chain: Vec<Vec<u8>>,
    pub(super) key: Vec<u8>,
}

impl TlsOptions {
    /// The defaults.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Also trusts certificates issued by this authority, in DER.
    ///
    /// With one that is not DER `wss://` is refused with `InvalidArgument`.
    #[must_use]
    pub fn add_root_certificate_der(mut self, certificate: impl Into<Vec<u8>>) -> Self {
        self.roots.push(certificate.into());
        self
    }

    /// Trusts whom the operating system trusts. Without the feature `tls-platform-verifier` `wss://` is refused with
    /// `Unsupported`.
    ///
    /// On Android the verifier has to be initialised before (`rustls_platform_verifier::android`).
    #[must_use]
    pub fn platform_verifier(self) -> Self {
        self.based_on(Base::Platform)
    }

    /// Trusts Mozilla's roots, compiled in, instead of the operating system. Without the feature
    /// `tls-webpki-roots` `wss://` is refused with `Unsupported`.
    #[must_use]
    pub fn webpki_roots(self) -> Self {
        self.based_on(Base::Webpki)
    }

    /// Trusts the added roots and nobody else. Without any `wss://` is refused with `InvalidArgument`.
    #[must_use]
    pub fn only_added_roots(self) -> Self {
        self.based_on(Base::Nobody)
    }

    fn based_on(self, base: Base) -> Self {
        Self {
            base: Some(base),
            ..self
        }
    }

    /// Presents a client certificate: its chain, leaf first, and its private key (PKCS #8, PKCS #1 or SEC 1), all in DER.
    ///
    /// With a key that is none of these, or not the certificate's, `wss://` is refused with `InvalidArgument`.
    #[must_use]
    pub fn client_certificate_der(mut self, chain: Vec<Vec<u8>>, key: impl Into<Vec<u8>>) -> Self {
        let key = key.into();
        self.identity = Some(Identity { chain, key });
        self
    }
}

impl std::fmt::Debug for TlsOptions {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("TlsOptions")
            .field("base", &self.base)
            .field("added_roots", &self.roots.len())
            .field("client_certificate", &self.identity.is_some())
            .finish()
    }
}
