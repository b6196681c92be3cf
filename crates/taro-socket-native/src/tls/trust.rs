//! Whom a connection trusts.

use std::sync::Arc;

use rustls::{
    RootCertStore,
    client::{WebPkiServerVerifier, danger::ServerCertVerifier},
    crypto::CryptoProvider,
    pki_types::CertificateDer,
};
use taro_socket_api::{Error, ErrorKind, Result};

#[cfg(feature = "tls-platform-verifier")]
use super::platform;
use super::{
    added::Presented,
    anyone::Anyone,
    encoding,
    fingerprint::Fingerprint,
    options::{Base, Only, TlsOptions},
    pinned::Pinned,
};

mod base;

pub(super) type Verifier = Arc<dyn ServerCertVerifier>;

/// Whom the options trust.
pub(super) enum Trust {
    Authorities(Base, Roots),
    Only(Vec<Fingerprint>),
    Anyone,
}

/// The added roots.
#[derive(Clone)]
pub(super) struct Roots {
    store: RootCertStore,
    certificates: Vec<CertificateDer<'static>>,
}

/// Whom options trust that do not contradict each other, unless this build cannot, or nobody is left.
pub(super) fn judged(options: &TlsOptions, provider: &CryptoProvider) -> Result<Trust> {
    if options.anyone {
        return Ok(Trust::Anyone);
    }
    if !options.only.is_empty() {
        return only(&options.only, provider).map(Trust::Only);
    }
    let roots = roots(&options.roots)?;
    let base = base::judged(options.base, roots.store.is_empty())?;
    Ok(Trust::Authorities(base, roots))
}

fn roots(given: &[Vec<u8>]) -> Result<Roots> {
    let (mut store, mut certificates) = (RootCertStore::empty(), Vec::new());
    for (call, bytes) in given.iter().enumerate() {
        let what = format!("TlsOptions::add_root_certificate, call {}", call + 1);
        let read = encoding::certificates(bytes).map_err(|fault| {
            Error::new(ErrorKind::InvalidArgument, format!("{what}: it {fault}"))
        })?;
        for (at, certificate) in read.into_iter().enumerate() {
            store.add(certificate.clone()).map_err(|source| {
                let text = format!(
                    "{what}: certificate {} in it cannot be read ({source}): give it as its authority made it",
                    at + 1
                );
                Error::new(ErrorKind::InvalidArgument, text).with_source(source)
            })?;
            certificates.push(certificate);
        }
    }
    Ok(Roots {
        store,
        certificates,
    })
}

fn only(given: &[Only], provider: &CryptoProvider) -> Result<Vec<Fingerprint>> {
    let mut fingerprints = Vec::new();
    for one in given {
        match one {
            Only::Sha256(text) => fingerprints.push(Fingerprint::parse(text)?),
            Only::Certificate(bytes) => {
                let certificates = encoding::certificates(bytes).map_err(|fault| {
                    let text = format!("TlsOptions::only_certificate: it {fault}");
                    Error::new(ErrorKind::InvalidArgument, text)
                })?;
                fingerprints.push(fingerprint_of(&certificates, provider)?);
            }
        }
    }
    Ok(fingerprints)
}

/// Of one certificate: in a chain the others would be trusted by accident.
fn fingerprint_of(
    certificates: &[CertificateDer<'_>],
    provider: &CryptoProvider,
) -> Result<Fingerprint> {
    let [certificate] = certificates else {
        let text = format!(
            "TlsOptions::only_certificate: it holds {} certificates: give the server's own alone",
            certificates.len()
        );
        return Err(Error::new(ErrorKind::InvalidArgument, text));
    };
    Fingerprint::of(certificate, provider).ok_or_else(|| {
        let text =
            "TlsOptions::only_certificate needs SHA-256, which the cryptography provider lacks";
        Error::new(ErrorKind::Unsupported, text)
    })
}

/// The verifier of options that are in order. May block.
pub(super) fn verifier(trust: &Trust, provider: &Arc<CryptoProvider>) -> Result<Verifier> {
    match trust {
        Trust::Anyone => Ok(Arc::new(Anyone::new(provider))),
        Trust::Only(fingerprints) => Ok(Arc::new(Pinned::new(fingerprints, provider))),
        Trust::Authorities(base, roots) => authorities(*base, roots.clone(), provider),
    }
}

fn authorities(base: Base, roots: Roots, provider: &Arc<CryptoProvider>) -> Result<Verifier> {
    match base {
        #[cfg(feature = "tls-webpki-roots")]
        Base::Webpki => webpki(roots, provider),
        #[cfg(feature = "tls-platform-verifier")]
        Base::Platform => platform(roots, provider),
        // What is not compiled in was refused by `base`.
        _ => stored(roots, provider),
    }
}

#[cfg(feature = "tls-webpki-roots")]
fn webpki(mut roots: Roots, provider: &Arc<CryptoProvider>) -> Result<Verifier> {
    roots
        .store
        .extend(webpki_roots::TLS_SERVER_ROOTS.iter().cloned());
    stored(roots, provider)
}

#[cfg(feature = "tls-platform-verifier")]
fn platform(roots: Roots, provider: &Arc<CryptoProvider>) -> Result<Verifier> {
    let system = match platform::system(provider) {
        Ok(system) => system,
        // Where there is no store there are still the added roots. A system that was not introduced is a mistake.
        Err(error) if error.kind() == ErrorKind::Tls && !roots.store.is_empty() => {
            return stored(roots, provider);
        }
        Err(error) => return Err(error),
    };
    if roots.store.is_empty() {
        return Ok(system);
    }
    let added = stored(roots, provider)?;
    Ok(Arc::new(platform::Either { system, added }))
}

/// Checks against these roots.
fn stored(roots: Roots, provider: &Arc<CryptoProvider>) -> Result<Verifier> {
    let store = Arc::new(roots.store);
    let verifier = WebPkiServerVerifier::builder_with_provider(store, Arc::clone(provider)).build();
    let issued = verifier.map_err(|source| {
        let text = format!("TLS set-up: the trusted roots cannot be used: {source}");
        Error::new(ErrorKind::Tls, text).with_source(source)
    })?;
    if roots.certificates.is_empty() {
        return Ok(issued);
    }
    Ok(Arc::new(Presented::new(issued, roots.certificates)))
}
