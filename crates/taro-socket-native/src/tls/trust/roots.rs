//! Authorities that the program adds.

use rustls::{RootCertStore, pki_types::CertificateDer};
use taro_socket_api::{Error, ErrorKind, Result};

use crate::tls::encoding;

/// The added roots.
#[derive(Clone)]
pub(in crate::tls) struct Roots {
    pub(super) store: RootCertStore,
    pub(super) certificates: Vec<CertificateDer<'static>>,
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
