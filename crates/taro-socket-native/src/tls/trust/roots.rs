//! Certificates that the program adds.

use rustls::{
    Error as TlsError, RootCertStore, pki_types::CertificateDer, server::ParsedCertificate,
};
use taro_socket_api::{Error, ErrorKind, Result};

use crate::tls::{authority::is_authority, encoding};

/// The added roots.
#[derive(Clone, Debug)]
pub(in crate::tls) struct Roots {
    /// The authorities among them. What is in it vouches for others, whatever it says of itself.
    pub(in crate::tls) store: RootCertStore,
    /// All of them, at least one where any was added.
    pub(in crate::tls) certificates: Vec<CertificateDer<'static>>,
}

/// What each call gave.
pub(super) fn read(given: &[Vec<u8>]) -> Result<Roots> {
    let (mut store, mut certificates) = (RootCertStore::empty(), Vec::new());
    for (call, bytes) in given.iter().enumerate() {
        let what = format!("TlsOptions::add_root_certificate, call {}", call + 1);
        let read = encoding::certificates(bytes).map_err(|fault| {
            Error::new(ErrorKind::InvalidArgument, format!("{what}: it {fault}"))
        })?;
        for (at, certificate) in read.into_iter().enumerate() {
            add(&mut store, &certificate).map_err(|source| {
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

/// Adds an authority; of any other it is only asked whether it can be read.
fn add(store: &mut RootCertStore, certificate: &CertificateDer<'static>) -> Result<(), TlsError> {
    if is_authority(certificate) {
        return store.add(certificate.clone());
    }
    ParsedCertificate::try_from(certificate).map(drop)
}
