//! Certificates and private keys from bytes: PEM or DER.

use rustls::pki_types::{CertificateDer, PrivateKeyDer};

use super::{
    der::{self, OBJECT_IDENTIFIER, SEQUENCE},
    pem::Pem,
};

const NEITHER: &str = "is neither PEM nor DER: give the bytes of the whole file";
const PKCS12: &str = "is a PKCS #12 file: take it apart, by `openssl pkcs12 -in FILE -nodes`";

/// The certificates of a PEM text, or DER certificates one behind the other; at least one. Otherwise what is wrong.
pub(super) fn certificates(bytes: &[u8]) -> Result<Vec<CertificateDer<'static>>, String> {
    if bytes.is_empty() {
        return Err("is empty".to_owned());
    }
    if let Some(all) = der::sequences(bytes) {
        if all.iter().any(|one| is_pkcs12(one.content)) {
            return Err(PKCS12.to_owned());
        }
        if all.iter().any(|one| !one.content.starts_with(&[SEQUENCE])) {
            return Err("is DER, but no certificate".to_owned());
        }
        let own = |one: &der::Sequence<'_>| CertificateDer::from(one.whole.to_vec());
        return Ok(all.iter().map(own).collect());
    }
    let pem = Pem::new(bytes).ok_or(NEITHER)?;
    let certificates = pem.certificates()?;
    if certificates.is_empty() {
        let labels = pem.labels();
        return Err(format!(
            "is PEM without a certificate (it holds {labels}): give the file with BEGIN CERTIFICATE"
        ));
    }
    Ok(certificates)
}

/// The private key of a PEM text, or one in DER: PKCS #8 (RFC 5958), PKCS #1 (RFC 8017) or SEC 1 (RFC 5915). Otherwise what
/// is wrong, without a byte of it.
pub(super) fn private_key(bytes: &[u8]) -> Result<PrivateKeyDer<'static>, String> {
    if bytes.is_empty() {
        return Err("is empty".to_owned());
    }
    match der::sequence(bytes) {
        Some(one) if one.rest.is_empty() => key_of_der(&one),
        _ => key_of_pem(&Pem::new(bytes).ok_or(NEITHER)?),
    }
}

fn key_of_der(one: &der::Sequence<'_>) -> Result<PrivateKeyDer<'static>, String> {
    if is_pkcs12(one.content) {
        return Err(PKCS12.to_owned());
    }
    // EncryptedPrivateKeyInfo begins with an algorithm (RFC 5958 §3), a certificate with its own content.
    match der::sequence(one.content) {
        Some(inner) if inner.content.starts_with(&[OBJECT_IDENTIFIER]) => {
            return Err(encrypted(" -inform der"));
        }
        Some(_) => return Err("is a certificate in DER: give the private key".to_owned()),
        None => {}
    }
    let key = PrivateKeyDer::try_from(one.whole.to_vec());
    key.map_err(|_| "is DER, but no private key in PKCS #8, PKCS #1 or SEC 1".to_owned())
}

fn key_of_pem(pem: &Pem) -> Result<PrivateKeyDer<'static>, String> {
    if pem.is_encrypted() {
        return Err(encrypted(""));
    }
    pem.key()?.ok_or_else(|| {
        let labels = pem.labels();
        format!("is PEM without a private key in PKCS #8, PKCS #1 or SEC 1 (it holds {labels})")
    })
}

fn encrypted(form: &str) -> String {
    format!("is encrypted: decrypt it, by `openssl pkey{form} -in FILE -out plain.pem`")
}

/// PFX (RFC 7292 §4) begins with version 3.
fn is_pkcs12(content: &[u8]) -> bool {
    content.starts_with(&[2, 1, 3])
}

#[cfg(test)]
mod tests;
