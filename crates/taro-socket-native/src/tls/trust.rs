//! Whom a connection trusts.

use std::sync::Arc;

use rustls::{
    RootCertStore,
    client::{WebPkiServerVerifier, danger::ServerCertVerifier},
    crypto::CryptoProvider,
};
use taro_socket_api::{Error, ErrorKind, Result};

#[cfg(feature = "tls-platform-verifier")]
use super::platform;
use super::{options::Base, prepared::Prepared};

type Verifier = Arc<dyn ServerCertVerifier>;

/// What decides where the options do not: a feature that nobody has by default comes before one that all have.
const fn default_base(webpki: bool, platform: bool) -> Option<Base> {
    match (webpki, platform) {
        (true, _) => Some(Base::Webpki),
        (false, true) => Some(Base::Platform),
        (false, false) => None,
    }
}

/// Whom the options trust besides the added roots, unless they cannot in this build, or trust nobody.
pub(super) fn base(chosen: Option<Base>, added: &RootCertStore) -> Result<Base> {
    let webpki = cfg!(feature = "tls-webpki-roots");
    let platform = cfg!(feature = "tls-platform-verifier");
    match chosen.or_else(|| default_base(webpki, platform)) {
        Some(Base::Webpki) if !webpki => Err(not_compiled_in("webpki_roots", "tls-webpki-roots")),
        Some(Base::Platform) if !platform => Err(not_compiled_in(
            "platform_verifier",
            "tls-platform-verifier",
        )),
        Some(Base::Nobody) if added.is_empty() => Err(Error::new(
            ErrorKind::InvalidArgument,
            "TlsOptions::only_added_roots, and no root was added: nobody is trusted; add one by add_root_certificate_der",
        )),
        Some(base) => Ok(base),
        None => Err(Error::new(
            ErrorKind::Unsupported,
            "wss:// has nobody to trust: enable the feature tls-platform-verifier or tls-webpki-roots, or add roots \
             and call TlsOptions::only_added_roots",
        )),
    }
}

fn not_compiled_in(option: &str, feature: &str) -> Error {
    let text = format!("TlsOptions::{option} needs the feature {feature}, which this build lacks");
    Error::new(ErrorKind::Unsupported, text)
}

/// The verifier of options that are in order. May block.
pub(super) fn verifier(prepared: &Prepared) -> Result<Verifier> {
    let (added, provider) = (prepared.added.clone(), &prepared.provider);
    match prepared.base {
        #[cfg(feature = "tls-webpki-roots")]
        Base::Webpki => webpki(added, provider),
        #[cfg(feature = "tls-platform-verifier")]
        Base::Platform => platform(added, provider),
        // What is not compiled in was refused by `base`.
        _ => stored(added, provider),
    }
}

#[cfg(feature = "tls-webpki-roots")]
fn webpki(mut added: RootCertStore, provider: &Arc<CryptoProvider>) -> Result<Verifier> {
    added.extend(webpki_roots::TLS_SERVER_ROOTS.iter().cloned());
    stored(added, provider)
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
