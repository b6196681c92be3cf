//! Whether Android's verifier can be used, found out by using it once.

use rustls::{
    Error as TlsError,
    client::danger::ServerCertVerifier,
    pki_types::{CertificateDer, IpAddr, Ipv4Addr, ServerName, UnixTime},
};
use taro_socket_api::{Error, ErrorKind, Result};

use crate::probe;

/// Lets `verifier` judge nothing: it panics unless the app has introduced its virtual machine, and fails where a part of
/// it is missing in the app.
///
/// Where a panic cannot be caught only one that is `introduced` from here is used.
pub(super) fn check(verifier: &dyn ServerCertVerifier, introduced: bool) -> Result<()> {
    if !introduced && !probe::CAN_TELL {
        return Err(not_introduced());
    }
    let mut outcome = None;
    let nobody = CertificateDer::from(Vec::new());
    let name = ServerName::IpAddress(IpAddr::V4(Ipv4Addr::from([127, 0, 0, 1])));
    let attempt = || {
        outcome = Some(verifier.verify_server_cert(&nobody, &[], &name, &[], UnixTime::now()));
    };
    if probe::panics(attempt) {
        return Err(not_introduced());
    }
    match outcome {
        Some(Err(TlsError::General(reason))) => Err(incomplete(&reason)),
        _ => Ok(()),
    }
}

fn not_introduced() -> Error {
    let text = "Android's certificate verifier was not introduced to the app: call init_android before the first wss:// \
                connection, or do without it: TlsOptions::webpki_roots (feature tls-webpki-roots), or added roots and \
                TlsOptions::only_added_roots";
    Error::new(ErrorKind::HostUnavailable, text)
}

fn incomplete(reason: &str) -> Error {
    let text = format!(
        "Android's certificate verifier cannot be called ({reason}): add its Kotlin component to the app's Gradle build, \
         org.rustls.platformverifier of the crate rustls-platform-verifier-android, and keep it from being shrunk away; \
         or do without it: TlsOptions::webpki_roots (feature tls-webpki-roots)"
    );
    Error::new(ErrorKind::HostUnavailable, text)
}

#[cfg(test)]
mod tests;
