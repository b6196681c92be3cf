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

type Verifier = Arc<dyn ServerCertVerifier>;

/// What decides where the options do not: a feature that nobody has by default comes before one that all have.
const DEFAULT: Option<Base> = if cfg!(feature = "tls-webpki-roots") {
    Some(Base::Webpki)
} else if cfg!(feature = "tls-platform-verifier") {
    Some(Base::Platform)
} else {
    None
};

pub(super) fn verifier(options: &TlsOptions, provider: &Arc<CryptoProvider>) -> Result<Verifier> {
    let added = added(options)?;
    match options.base.or(DEFAULT) {
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
    let system = match system(provider) {
        Ok(system) => system,
        Err(_) if !added.is_empty() => return stored(added, provider),
        Err(error) => return Err(error),
    };
    if added.is_empty() {
        return Ok(system);
    }
    // Not `new_with_extra_roots`: Android's verifier has no such function.
    let added = stored(added, provider)?;
    Ok(Arc::new(super::either::Either { system, added }))
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

#[cfg(feature = "tls-platform-verifier")]
fn system(provider: &Arc<CryptoProvider>) -> Result<Verifier> {
    let verifier = rustls_platform_verifier::Verifier::new(Arc::clone(provider));
    let verifier: Verifier = Arc::new(verifier.map_err(|source| {
        let text = format!(
            "the operating system's store of trusted certificates is empty or cannot be read ({source}): install it \
             (package ca-certificates), name it by SSL_CERT_FILE or SSL_CERT_DIR, add a root by \
             TlsOptions::add_root_certificate_der, or use the feature tls-webpki-roots; it is looked at again at the \
             next connection"
        );
        // What is missing may be there later.
        Error::new(ErrorKind::Tls, text)
            .with_source(source)
            .with_retry(taro_socket_api::RetryAdvice::Later)
    })?);
    // Asked at run time: conditions on the target stand elsewhere.
    if std::env::consts::OS == "android" && !is_initialised(&verifier) {
        let text = "Android's certificate verifier was not initialised: call one of the functions of \
                    rustls_platform_verifier::android first, or use the feature tls-webpki-roots";
        return Err(Error::new(ErrorKind::HostUnavailable, text));
    }
    Ok(verifier)
}

/// Android's verifier panics unless the app has introduced its virtual machine; there is no other way to ask.
#[cfg(feature = "tls-platform-verifier")]
fn is_initialised(verifier: &Verifier) -> bool {
    use rustls::pki_types::{IpAddr, Ipv4Addr, ServerName, UnixTime};

    let nobody = CertificateDer::from(Vec::new());
    let name = ServerName::IpAddress(IpAddr::V4(Ipv4Addr::from([127, 0, 0, 1])));
    !crate::probe::panics(|| {
        drop(verifier.verify_server_cert(&nobody, &[], &name, &[], UnixTime::now()));
    })
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
