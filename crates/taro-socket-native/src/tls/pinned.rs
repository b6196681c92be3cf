//! Trust in certificates by themselves.

use std::sync::Arc;

use rustls::{
    CertificateError, Error, OtherError,
    crypto::CryptoProvider,
    pki_types::{CertificateDer, ServerName, UnixTime},
};

use super::{fingerprint::Fingerprint, judged::Judge};
use crate::error::tls::NotTheOne;

/// Accepts these certificates from whoever proves to have their key. Names, issuers and validity are not asked.
#[derive(Debug)]
pub(super) struct Pinned(pub(super) Vec<Fingerprint>);

impl Judge for Pinned {
    fn judge(
        &self,
        end_entity: &CertificateDer<'_>,
        _intermediates: &[CertificateDer<'_>],
        _server_name: &ServerName<'_>,
        _now: UnixTime,
        provider: &CryptoProvider,
    ) -> Result<(), Error> {
        let presented = Fingerprint::of(end_entity, provider);
        if presented
            .as_ref()
            .is_some_and(|presented| self.0.contains(presented))
        {
            return Ok(());
        }
        let presented = presented.map(|presented| presented.to_string());
        let reason = NotTheOne(presented.unwrap_or_default());
        Err(CertificateError::Other(OtherError(Arc::new(reason))).into())
    }
}
