//! Whom a connection trusts.

use std::sync::Arc;

use rustls::{
    RootCertStore,
    client::{WebPkiServerVerifier, danger::ServerCertVerifier},
    crypto::CryptoProvider,
    pki_types::CertificateDer,
};
use taro_socket_api::{Error, ErrorKind, Result};

use super::options::{Base, TlsOptions};
#[cfg(feature = "tls-platform-verifier")]
use super::platform;

type Verifier = Arc<dyn ServerCertVerifier>;

/// What decides where the options do not: a feature that nobody has by default comes before one that all have.
const fn default_base(webpki: bool, platform: bool) -> Option<Base> {
    match (webpki, platform) {
        (true, _) => Some(Base::Webpki),
        (false, true) => Some(Base::Platform),
        (false, false) => None,
    }
}

pub(super) fn verifier(options: &TlsOptions, provider: &Arc<CryptoProvider>) -> Result<Verifier> {
    let added = added(options)?;
    let default = default_base(
        cfg!(feature = "tls-webpki-roots"),
        cfg!(feature = "tls-platform-verifier"),
    );
    match options.base.or(default) {
        Some(Base::Webpki) => webpki(added, provider),
        Some(Base::Platform) => platform(added, provider),
        Some(Base::Nobody) if added.is_empty() => Err(Error::new(
            ErrorKind::InvalidArgument,
            "TlsOptions::only_added_roots, and no root was added: nobody is trusted; add one by add_root_certificate_der",
        )),
        Some(Base::Nobody) => stored(added, provider),
        None => Err(Error::new(
            ErrorKind::Unsupported,
            "wss:// has nobody to trust: enable the feature tls-platform-verifier or tls-webpki-roots, or add roots \
             and call TlsOptions::only_added_roots",
        )),
    }
}

/// The added roots.
fn added(options: &TlsOptions) -> Result<RootCertStore> {
    let mut store = RootCertStore::empty();
    for (at, root) in options.roots.iter().enumerate() {
        let added = store.add(CertificateDer::from(root.as_slice()));
        added.map_err(|source| not_der(at, root, source))?;
    }
    Ok(store)
}

fn not_der(at: usize, root: &[u8], source: rustls::Error) -> Error {
    let remedy = if root.trim_ascii_start().starts_with(b"-----BEGIN") {
        "it is PEM: convert it, for example by `openssl x509 -outform der`"
    } else {
        "give the certificate itself, in DER"
    };
    let text = format!("added root certificate {} cannot be read: {remedy}", at + 1);
    Error::new(ErrorKind::InvalidArgument, text).with_source(source)
}

#[cfg(feature = "tls-webpki-roots")]
fn webpki(mut added: RootCertStore, provider: &Arc<CryptoProvider>) -> Result<Verifier> {
    added.extend(webpki_roots::TLS_SERVER_ROOTS.iter().cloned());
    stored(added, provider)
}

#[cfg(not(feature = "tls-webpki-roots"))]
fn webpki(_: RootCertStore, _: &Arc<CryptoProvider>) -> Result<Verifier> {
    Err(not_compiled_in("webpki_roots", "tls-webpki-roots"))
}

#[cfg(feature = "tls-platform-verifier")]
fn platform(added: RootCertStore, provider: &Arc<CryptoProvider>) -> Result<Verifier> {
    let system = match platform::system(provider) {
        Ok(system) => system,
        Err(_) if !added.is_empty() => return stored(added, provider),
        Err(error) => return Err(error),
    };
    if added.is_empty() {
        return Ok(system);
    }
    let added = stored(added, provider)?;
    Ok(Arc::new(platform::Either { system, added }))
}

#[cfg(not(feature = "tls-platform-verifier"))]
fn platform(_: RootCertStore, _: &Arc<CryptoProvider>) -> Result<Verifier> {
    Err(not_compiled_in(
        "platform_verifier",
        "tls-platform-verifier",
    ))
}

#[cfg(any(
    not(feature = "tls-platform-verifier"),
    not(feature = "tls-webpki-roots")
))]
fn not_compiled_in(option: &str, feature: &str) -> Error {
    let text = format!("TlsOptions::{option} needs the feature {feature}, which this build lacks");
    Error::new(ErrorKind::Unsupported, text)
}

/// Checks against these roots.
fn stored(roots: RootCertStore, provider: &Arc<CryptoProvider>) -> Result<Verifier> {
    let verifier =
        WebPkiServerVerifier::builder_with_provider(Arc::new(roots), Arc::clone(provider)).build();
    let verifier: Verifier = verifier.map_err(|source| {
        let text = format!("TLS set-up: the trusted roots cannot be used: {source}");
        Error::new(ErrorKind::Tls, text).with_source(source)
    })?;
    Ok(verifier)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_default_that_somebody_else_turns_on_changes_no_choice() {
        let chosen = default_base(true, false);
        assert_eq!(
            (chosen, default_base(true, true)),
            (Some(Base::Webpki), Some(Base::Webpki))
        );
        assert_eq!(default_base(false, true), Some(Base::Platform));
        assert_eq!(
            default_base(false, false),
            None,
            "added roots alone are no choice"
        );
    }
}
