//! What is read of each form, and what is said of all others.

use std::sync::LazyLock;

use rcgen::{CertifiedKey, KeyPair, generate_simple_self_signed};
use rustls::pki_types::pem::PemObject;

use super::*;

const EC_PKCS8: &str = include_str!("../../../tests/keys/ec-pkcs8.pem");
const EC_SEC1: &str = include_str!("../../../tests/keys/ec-sec1.pem");
const RSA_PKCS1: &str = include_str!("../../../tests/keys/rsa-pkcs1.pem");
const RSA_PKCS8: &str = include_str!("../../../tests/keys/rsa-pkcs8.pem");
const ENCRYPTED: &str = include_str!("../../../tests/keys/ec-encrypted.pem");
const ENCRYPTED_LEGACY: &str = include_str!("../../../tests/keys/ec-encrypted-legacy.pem");

static CERTIFICATE: LazyLock<CertifiedKey<KeyPair>> = LazyLock::new(|| {
    let made = generate_simple_self_signed(["localhost".to_owned()]);
    made.expect("a certificate")
});

fn der() -> Vec<u8> {
    CERTIFICATE.cert.der().to_vec()
}

/// With the same line breaks on each system.
fn pem() -> String {
    CERTIFICATE.cert.pem().replace("\r\n", "\n")
}

fn der_of(pem: &str) -> Vec<u8> {
    let key = PrivateKeyDer::from_pem_slice(pem.as_bytes());
    key.expect("a key").secret_der().to_vec()
}

/// An encrypted key in DER has no type of its own.
fn encrypted_der() -> Vec<u8> {
    let plain = ENCRYPTED.replace("ENCRYPTED ", "");
    let key = PrivateKeyDer::from_pem_slice(plain.as_bytes());
    key.expect("base64").secret_der().to_vec()
}

#[test]
fn certificates_are_read_in_each_form() {
    let (one, text) = (der(), pem());
    let bundle = format!("# a bundle\n\n{text}subject=somebody\n{text}");
    let indented = text.replace('\n', "\n    ");
    let with_key = format!("{EC_PKCS8}{text}");
    let table: [(Vec<u8>, usize); 9] = [
        (one.clone(), 1),
        ([&one[..], &one].concat(), 2),
        (text.clone().into(), 1),
        (text.replace('\n', "\r\n").into(), 1),
        (text.replace('\n', "\r").into(), 1),
        (format!("\u{feff}{text}").into(), 1),
        (indented.into(), 1),
        (bundle.into(), 2),
        (with_key.into(), 1),
    ];
    for (bytes, count) in table {
        let read = certificates(&bytes).expect("certificates");
        assert_eq!(read.len(), count, "{}", bytes.escape_ascii());
        assert!(read.iter().all(|certificate| certificate[..] == one));
    }
}

#[test]
fn what_is_no_certificate_is_told_in_words() {
    let (one, text) = (der(), pem());
    let line = text.replace('\n', "");
    let table: [(Vec<u8>, &str); 12] = [
        (Vec::new(), "is empty"),
        (b"junk".to_vec(), "neither PEM nor DER"),
        (b"0 depth".to_vec(), "neither PEM nor DER"),
        (one[..one.len() - 1].to_vec(), "neither PEM nor DER"),
        ([&one[..], b"\n"].concat(), "neither PEM nor DER"),
        (der_of(EC_PKCS8), "is DER, but no certificate"),
        (vec![SEQUENCE, 3, 2, 1, 3], "openssl pkcs12"),
        (EC_SEC1.into(), "(it holds EC PARAMETERS, EC PRIVATE KEY)"),
        (line.into(), "line breaks are lost"),
        (
            text.replace("-----END", "----END").into(),
            "an END line is missing",
        ),
        (text.replace("TE-----", "TE----").into(), "five dashes"),
        (text.replace("\nM", "\n*").into(), "no base64"),
    ];
    for (bytes, part) in table {
        let fault = certificates(&bytes).expect_err(part);
        assert!(fault.contains(part), "{part}: {fault}");
    }
}

#[test]
fn keys_are_read_in_each_form() {
    type Is = fn(&PrivateKeyDer<'_>) -> bool;
    let pkcs8: Is = |key| matches!(key, PrivateKeyDer::Pkcs8(_));
    let pkcs1: Is = |key| matches!(key, PrivateKeyDer::Pkcs1(_));
    let sec1: Is = |key| matches!(key, PrivateKeyDer::Sec1(_));
    let table = [
        (EC_PKCS8, pkcs8),
        (EC_SEC1, sec1),
        (RSA_PKCS1, pkcs1),
        (RSA_PKCS8, pkcs8),
    ];
    for (text, is) in table {
        let with_certificate = format!("{}{text}", pem());
        for bytes in [text.as_bytes(), with_certificate.as_bytes(), &der_of(text)] {
            let key = private_key(bytes).expect("a key");
            assert_eq!(key.secret_der(), der_of(text), "{text}");
            assert!(is(&key), "{text}");
        }
    }
}

#[test]
fn what_is_no_key_is_told_in_words_without_a_byte_of_it() {
    let line = EC_PKCS8.replace('\n', " ");
    let escaped = EC_PKCS8.replace('\n', "\\n");
    let table: [(Vec<u8>, &str); 12] = [
        (Vec::new(), "is empty"),
        (b"junk".to_vec(), "neither PEM nor DER"),
        (ENCRYPTED.into(), "`openssl pkey -in FILE -out plain.pem`"),
        (
            ENCRYPTED_LEGACY.into(),
            "`openssl pkey -in FILE -out plain.pem`",
        ),
        (
            encrypted_der(),
            "`openssl pkey -inform der -in FILE -out plain.pem`",
        ),
        (der(), "is a certificate in DER"),
        (vec![SEQUENCE, 3, 2, 1, 3], "openssl pkcs12"),
        (
            vec![SEQUENCE, 3, 2, 1, 9],
            "no private key in PKCS #8, PKCS #1 or SEC 1",
        ),
        (pem().into(), "(it holds CERTIFICATE)"),
        (line.into(), "line breaks are lost"),
        (escaped.into(), "line breaks are lost"),
        (
            EC_PKCS8.replace("-----END", "----END").into(),
            "an END line is missing",
        ),
    ];
    for (bytes, part) in table {
        let fault = private_key(&bytes).map(drop).expect_err(part);
        assert!(fault.contains(part), "{part}: {fault}");
        for secret in EC_PKCS8.lines().filter(|line| !line.starts_with('-')) {
            assert!(!fault.contains(&secret[..8]), "{fault}");
        }
    }
}

/// What files hold that were cut off or damaged: whatever is said, it is said.
#[test]
fn no_bytes_are_too_much() {
    let sound = [
        der(),
        pem().into_bytes(),
        der_of(EC_SEC1),
        EC_SEC1.into(),
        encrypted_der(),
        ENCRYPTED_LEGACY.into(),
    ];
    for bytes in sound {
        for at in 0..bytes.len() {
            let mut damaged = bytes.clone();
            damaged[at] ^= 0x81;
            for bytes in [&bytes[..at], &bytes[at..], &damaged] {
                drop((certificates(bytes), private_key(bytes)));
            }
        }
    }
}
