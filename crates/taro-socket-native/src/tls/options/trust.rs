//! Options that say whom to trust.

use super::{Base, Only, TlsOptions};

impl TlsOptions {
    /// Also trusts certificates issued by these authorities: one or more certificates, in PEM or DER.
    ///
    /// A server that presents an added certificate itself is trusted as well, for the names in it and while it is valid,
    /// also if it is marked as an authority, as `openssl req -x509` marks it. One that is not marked so (RFC 5280
    /// §4.2.1.9), as a device's own, is trusted only like this: whoever has its key can issue no others.
    ///
    /// One that cannot be read is refused with `InvalidArgument`.
    #[must_use]
    pub fn add_root_certificate(mut self, certificates: impl Into<Vec<u8>>) -> Self {
        self.roots.push(certificates.into());
        self
    }

    /// Trusts whom the operating system trusts. Without the feature `tls-platform-verifier` it is refused with
    /// `Unsupported`.
    ///
    /// On Android the app has to be introduced before, by `init_android`; otherwise `wss://` fails with
    /// `HostUnavailable`.
    #[must_use]
    pub fn platform_verifier(self) -> Self {
        self.based_on(Base::Platform)
    }

    /// Trusts Mozilla's roots, compiled in, instead of the operating system. Without the feature
    /// `tls-webpki-roots` it is refused with `Unsupported`.
    #[must_use]
    pub fn webpki_roots(self) -> Self {
        self.based_on(Base::Webpki)
    }

    /// Trusts the added roots and nobody else. Without any it is refused with `InvalidArgument`.
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

    /// Trusts exactly this certificate, in PEM or DER, and no authority. Called again it trusts one more, so that a
    /// server's certificate can be changed.
    ///
    /// It is compared byte for byte with the server's own certificate, and the handshake's signature proves that the
    /// server has its key. Its names, its issuer and its validity are not asked, as in RFC 7671 §5.1: what is trusted is
    /// this certificate, until the program says otherwise.
    ///
    /// Refused with `InvalidArgument`: beside options that name authorities, one that cannot be read, and a file with
    /// several certificates, since a chain would be trusted by accident.
    #[must_use]
    pub fn only_certificate(mut self, certificate: impl Into<Vec<u8>>) -> Self {
        self.only.push(Only::Certificate(certificate.into()));
        self
    }

    /// As [`only_certificate`](Self::only_certificate), by the SHA-256 fingerprint of the whole certificate in DER: 64
    /// hexadecimal digits in either case, with or without colons, as browsers and
    /// `openssl x509 -noout -fingerprint -sha256` show it.
    ///
    /// Any other form is refused with `InvalidArgument`.
    #[must_use]
    pub fn only_certificate_sha256(mut self, fingerprint: impl Into<String>) -> Self {
        self.only.push(Only::Sha256(fingerprint.into()));
        self
    }

    /// **For tests.** Takes any certificate from anybody: whoever is between can read and change everything.
    ///
    /// No feature and no variable of the environment does this. Where the server's certificate is known,
    /// [`only_certificate`](Self::only_certificate) is as easy, and safe.
    ///
    /// Beside anything that says whom to trust it is refused with `InvalidArgument`.
    #[must_use]
    pub fn danger_accept_any_certificate(mut self) -> Self {
        self.anyone = true;
        self
    }
}
