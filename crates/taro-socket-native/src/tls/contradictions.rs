//! Options that cannot be meant together.

use taro_socket_api::{Error, ErrorKind, Result};

use super::options::{Base, TlsOptions};

/// Refuses two options of which one would be without effect.
pub(super) fn check(options: &TlsOptions) -> Result<()> {
    let trust: Vec<&str> = [roots(options), only(options), anyone(options)]
        .into_iter()
        .flatten()
        .collect();
    if let [one, other, ..] = trust[..] {
        return Err(contradiction(one, other));
    }
    match beside_config(options, trust.first().copied()) {
        Some(other) => Err(contradiction("rustls_config", other)),
        None => Ok(()),
    }
}

fn roots(options: &TlsOptions) -> Option<&'static str> {
    match options.base {
        Some(Base::Platform) => Some("platform_verifier"),
        Some(Base::Webpki) => Some("webpki_roots"),
        Some(Base::Nobody) => Some("only_added_roots"),
        None => (!options.roots.is_empty()).then_some("add_root_certificate"),
    }
}

fn only(options: &TlsOptions) -> Option<&'static str> {
    (!options.only.is_empty()).then_some("only_certificate")
}

fn anyone(options: &TlsOptions) -> Option<&'static str> {
    options.anyone.then_some("danger_accept_any_certificate")
}

/// What a whole configuration decides by itself.
#[cfg(feature = "tls-rustls-config")]
fn beside_config(options: &TlsOptions, trust: Option<&'static str>) -> Option<&'static str> {
    options.config.as_ref()?;
    let others = [
        (options.identity.is_some(), "client_certificate"),
        (options.min_version.is_some(), "min_version"),
        (options.key_log, "key_log_file"),
    ];
    let other = others.into_iter().find_map(|(is, name)| is.then_some(name));
    trust.or(other)
}

#[cfg(not(feature = "tls-rustls-config"))]
fn beside_config(_: &TlsOptions, _: Option<&'static str>) -> Option<&'static str> {
    None
}

fn contradiction(one: &str, other: &str) -> Error {
    let text =
        format!("TlsOptions::{one} and TlsOptions::{other} exclude each other: call one of them");
    Error::new(ErrorKind::InvalidArgument, text)
}
