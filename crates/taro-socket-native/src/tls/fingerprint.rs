//! The SHA-256 fingerprint of a certificate.

use std::fmt;

use rustls::crypto::{
    CryptoProvider,
    hash::{Hash, HashAlgorithm},
};
use taro_socket_api::{Error, ErrorKind, Result};

const LENGTH: usize = 32;

/// SHA-256 of a whole certificate in DER, as `openssl x509 -fingerprint -sha256` and browsers show it.
#[derive(Clone, Copy, PartialEq)]
pub(super) struct Fingerprint([u8; LENGTH]);

impl Fingerprint {
    /// Of this certificate; `None` without SHA-256.
    pub(super) fn of(certificate: &[u8], provider: &CryptoProvider) -> Option<Self> {
        let output = sha256(provider)?.hash(certificate);
        output.as_ref().try_into().ok().map(Self)
    }

    /// Reads 64 hexadecimal digits, in pairs that colons or blanks may part; OpenSSL's `sha256 Fingerprint=` may stand
    /// before them.
    pub(super) fn parse(text: &str) -> Result<Self> {
        let digits = digits_of(text.trim());
        let mut bytes = [0; LENGTH];
        let mut pairs = digits.split([':', ' ']).flat_map(pairs);
        for byte in &mut bytes {
            *byte = pairs.next().flatten().ok_or_else(|| malformed(digits))?;
        }
        match pairs.next() {
            Some(_) => Err(malformed(digits)),
            None => Ok(Self(bytes)),
        }
    }
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [first, rest @ ..] = &self.0;
        write!(f, "{first:02X}")?;
        rest.iter().try_for_each(|byte| write!(f, ":{byte:02X}"))
    }
}

impl fmt::Debug for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// What stands behind OpenSSL's `sha256 Fingerprint=`.
fn digits_of(text: &str) -> &str {
    match text.split_once('=') {
        Some((name, digits)) if name.eq_ignore_ascii_case("sha256 fingerprint") => digits,
        _ => text,
    }
}

/// Two digits at a time; `None` where there are none.
fn pairs(digits: &str) -> impl Iterator<Item = Option<u8>> {
    let pair = |pair: &[u8]| match pair {
        &[high, low] => {
            let (high, low) = (
                char::from(high).to_digit(16)?,
                char::from(low).to_digit(16)?,
            );
            u8::try_from(high << 4 | low).ok()
        }
        _ => None,
    };
    let nothing = digits.is_empty().then_some(None);
    digits.as_bytes().chunks(2).map(pair).chain(nothing)
}

fn malformed(digits: &str) -> Error {
    let hex = digits.bytes().filter(u8::is_ascii_hexdigit).count();
    let others = digits
        .bytes()
        .any(|byte| !byte.is_ascii_hexdigit() && byte != b':' && byte != b' ');
    let fault = match (hex, others) {
        (40, false) => "is SHA-1 (40 digits)",
        _ if digits.len() == 44 && digits.ends_with('=') => "is base64, so perhaps of a public key",
        _ => "is not 64 hexadecimal digits, plain or in pairs with colons",
    };
    let text = format!(
        "TlsOptions::only_certificate_sha256: the fingerprint {fault}: give what \
         `openssl x509 -in FILE -noout -fingerprint -sha256` prints"
    );
    Error::new(ErrorKind::InvalidArgument, text)
}

/// TLS 1.3 cannot do without SHA-256 (RFC 8446 §9.1), so each provider has it.
fn sha256(provider: &CryptoProvider) -> Option<&'static dyn Hash> {
    let mut hashes = provider
        .cipher_suites
        .iter()
        .filter_map(|suite| Some(suite.tls13()?.common.hash_provider));
    hashes.find(|hash| hash.algorithm() == HashAlgorithm::SHA256)
}

#[cfg(test)]
mod tests;
