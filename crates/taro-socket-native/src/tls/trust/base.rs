//! Who decides where options name no certificate: the system, Mozilla, or the added roots alone.

use taro_socket_api::{Error, ErrorKind, Result};

use crate::tls::options::Base;

/// What decides where the options do not: a feature that nobody has by default comes before one that all have.
const fn by_default(webpki: bool, platform: bool) -> Option<Base> {
    match (webpki, platform) {
        (true, _) => Some(Base::Webpki),
        (false, true) => Some(Base::Platform),
        (false, false) => None,
    }
}

/// Whom the options trust besides the added roots, unless they cannot in this build, or trust nobody.
pub(super) fn judged(chosen: Option<Base>, no_roots: bool) -> Result<Base> {
    let webpki = cfg!(feature = "tls-webpki-roots");
    let platform = cfg!(feature = "tls-platform-verifier");
    match chosen.or_else(|| by_default(webpki, platform)) {
        Some(Base::Webpki) if !webpki => Err(not_compiled_in("webpki_roots", "tls-webpki-roots")),
        Some(Base::Platform) if !platform => Err(not_compiled_in(
            "platform_verifier",
            "tls-platform-verifier",
        )),
        Some(Base::Nobody) if no_roots => Err(Error::new(
            ErrorKind::InvalidArgument,
            "TlsOptions::only_added_roots, and no root was added: nobody is trusted; add one by add_root_certificate",
        )),
        Some(base) => Ok(base),
        None => Err(Error::new(
            ErrorKind::Unsupported,
            "TLS has nobody to trust: enable the feature tls-platform-verifier or tls-webpki-roots, or add roots \
             and call TlsOptions::only_added_roots, or trust one certificate by TlsOptions::only_certificate",
        )),
    }
}

fn not_compiled_in(option: &str, feature: &str) -> Error {
    let text = format!("TlsOptions::{option} needs the feature {feature}, which this build lacks");
    Error::new(ErrorKind::Unsupported, text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_default_that_somebody_else_turns_on_changes_no_choice() {
        let chosen = by_default(true, false);
        assert_eq!(
            (chosen, by_default(true, true)),
            (Some(Base::Webpki), Some(Base::Webpki))
        );
        assert_eq!(by_default(false, true), Some(Base::Platform));
        assert_eq!(
            by_default(false, false),
            None,
            "added roots alone are no choice"
        );
    }
}
