//! Whom a connection trusts.

use std::sync::Arc;

use rustls::{
    client::{WebPkiServerVerifier, danger::ServerCertVerifier},
    crypto::CryptoProvider,
};
use taro_socket_api::{Error, ErrorKind, Result};

#[cfg(feature = "tls-platform-verifier")]
use super::platform;
use super::{
    added::Presented,
    anyone::Anyone,
    fingerprint::Fingerprint,
    judged::Judged,
    options::{Base, TlsOptions},
    pinned::Pinned,
};

mod base;
mod only;
mod roots;

pub(super) use roots::Roots;

pub(super) type Verifier = Arc<dyn ServerCertVerifier>;

/// Whom the options trust.
pub(super) enum Trust {
    Authorities(Base, Roots),
    Only(Vec<Fingerprint>),
    Anyone,
}

/// Whom options trust that do not contradict each other, unless this build cannot, or nobody is left.
pub(super) fn judged(options: &TlsOptions, provider: &CryptoProvider) -> Result<Trust> {
    if options.anyone {
        return Ok(Trust::Anyone);
    }
    if !options.only.is_empty() {
        return only::read(&options.only, provider).map(Trust::Only);
    }
    let roots = roots::read(&options.roots)?;
    let base = base::judged(options.base, roots.certificates.is_empty())?;
    Ok(Trust::Authorities(base, roots))
}

/// The verifier of options that are in order. May block.
pub(super) fn verifier(trust: &Trust, provider: &Arc<CryptoProvider>) -> Result<Verifier> {
    match trust {
        Trust::Anyone => Ok(Arc::new(Anyone::new(provider))),
        Trust::Only(fingerprints) => {
            Ok(Arc::new(Judged::by(Pinned(fingerprints.clone()), provider)))
        }
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
        Err(error) if error.kind() == ErrorKind::Tls && !roots.certificates.is_empty() => {
            return stored(roots, provider);
        }
        Err(error) => return Err(error),
    };
    if roots.certificates.is_empty() {
        return Ok(system);
    }
    let added = stored(roots, provider)?;
    Ok(Arc::new(platform::Either { system, added }))
}

/// Checks against these roots.
fn stored(roots: Roots, provider: &Arc<CryptoProvider>) -> Result<Verifier> {
    if !roots.certificates.is_empty() {
        return Ok(Arc::new(Judged::by(Presented(roots), provider)));
    }
    let store = Arc::new(roots.store);
    let verifier = WebPkiServerVerifier::builder_with_provider(store, Arc::clone(provider)).build();
    verifier
        .map(|verifier| -> Verifier { verifier })
        .map_err(|source| {
            let text = format!("TLS set-up: the trusted roots cannot be used: {source}");
            Error::new(ErrorKind::Tls, text).with_source(source)
        })
}
