//! Each error of a certificate has its words.

use std::{fmt, sync::Arc, time::Duration};

use rustls::{ExtendedKeyPurpose, OtherError};
use taro_socket_api::RetryAdvice;

use super::*;

/// As webpki tells its reasons: `Display` is the variant's name.
#[derive(Debug)]
struct Reason(&'static str);

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

impl std::error::Error for Reason {}

fn other(reason: &'static str) -> Bad {
    Bad::Other(OtherError(Arc::new(Reason(reason))))
}

fn at(seconds: u64) -> UnixTime {
    UnixTime::since_unix_epoch(Duration::from_secs(seconds))
}

fn name(presented: &[&str]) -> Bad {
    Bad::NotValidForNameContext {
        expected: ServerName::try_from("localhost").expect("a name"),
        presented: presented.iter().map(|&name| name.to_owned()).collect(),
    }
}

/// An error of rustls, a part of its cause, and a part of its remedy.
type Row = (Bad, &'static str, &'static str);

#[rustfmt::skip]
fn plain_ones() -> Vec<Row> {
    vec![
        (Bad::BadEncoding, "malformed", "issue"),
        (Bad::Expired, "has expired", "clock"),
        (Bad::NotValidYet, "not valid yet", "clock"),
        (Bad::Revoked, "revoked", "issue"),
        (Bad::UnhandledCriticalExtension, "critical extension", "issue"),
        (Bad::UnknownIssuer, "nobody whom this program trusts", "add_root_certificate"),
        (Bad::BadSignature, "not signed", "chain and key"),
        (Bad::NotValidForName, "another name", "subjectAltName"),
        (Bad::InvalidPurpose, "not for servers", "serverAuth"),
        (Bad::ApplicationVerificationFailure, "refused", "issue"),
        (name(&[]), "for no name, so not for localhost", "only_certificate"),
        (name(&["DnsName(\"device.internal\")"]), "device.internal", "TlsOptions::server_name"),
        (Bad::UnknownIssuer, "nobody whom", "only_certificate"),
        (name(&["DnsName(\"device.internal\")"]), "not for localhost, but for device.internal", "dial a name"),
    ]
}

fn with_context() -> Vec<Row> {
    let purpose = Bad::InvalidPurposeContext {
        required: ExtendedKeyPurpose::ServerAuth,
        presented: vec![ExtendedKeyPurpose::ClientAuth],
    };
    let algorithm = Bad::UnsupportedSignatureAlgorithmContext {
        signature_algorithm_id: vec![1],
        supported_algorithms: Vec::new(),
    };
    let algorithm_for_key = Bad::UnsupportedSignatureAlgorithmForPublicKeyContext {
        signature_algorithm_id: vec![1],
        public_key_algorithm_id: vec![2],
    };
    let (time, not_after) = (at(10 * 86_400), at(86_400));
    let expired = Bad::ExpiredContext { time, not_after };
    let early = Bad::NotValidYetContext {
        time: not_after,
        not_before: time,
    };
    vec![
        (expired, "has expired 9 days ago", "renew"),
        (early, "only in 9 days", "clock"),
        (algorithm, "not supported", "SHA-256"),
        (algorithm_for_key, "not supported", "SHA-256"),
        (purpose, "not for servers", "serverAuth"),
    ]
}

#[rustfmt::skip]
fn reasons() -> Vec<Row> {
    vec![
        (other("CaUsedAsEndEntity"), "marked as an authority", "CA:FALSE"),
        (other("CaUsedAsEndEntity"), "marked as an authority", "only_certificate"),
        (Bad::Other(OtherError(Arc::new(NotTheOne("AB:CD".to_owned())))), "not the one that this program trusts (its SHA-256 fingerprint is AB:CD)", "only_certificate_sha256"),
        (other("EndEntityUsedAsCa"), "not marked as an authority", "CA:TRUE"),
        (other("certificate had invalid extensions"), "not for servers", "serverAuth"),
        (other("UnsupportedCertVersion"), "version 3", "version 3"),
        (other("NameConstraintViolation"), "may not vouch", "constraint"),
        (other("PathLenConstraintViolated"), "more authorities", "directly"),
        (other("MaximumPathDepthExceeded"), "too long", "chain"),
        (other("CertDistrusted"), "distrusted", "issue"),
        (other("MalformedExtensions"), "refused: malformed extensions", "issue"),
        (other("anything\nelse\u{1b}[1m"), "refused: anything else", "issue"),
    ]
}

#[test]
fn each_error_has_cause_and_remedy_in_words() {
    for (error, cause, remedy) in plain_ones()
        .into_iter()
        .chain(with_context())
        .chain(reasons())
    {
        let words = words(&error);
        assert!(words.cause.contains(cause), "{error:?}: {}", words.cause);
        assert!(words.remedy.contains(remedy), "{error:?}: {}", words.remedy);
        assert_eq!(words.retry, RetryAdvice::Never, "{error:?}");
        let text = format!("{} {}", words.cause, words.remedy);
        assert!(
            !text.contains("Other") && !text.contains("Context"),
            "{text}"
        );
        assert!(
            text.chars().all(|character| !character.is_control()),
            "{text:?}"
        );
    }
}

#[test]
fn what_is_only_not_known_may_pass() {
    let list = Bad::ExpiredRevocationListContext {
        time: at(2),
        next_update: at(1),
    };
    let table = [
        Bad::UnknownRevocationStatus,
        Bad::ExpiredRevocationList,
        list,
        Bad::InvalidOcspResponse,
    ];
    for error in table {
        assert_eq!(words(&error).retry, RetryAdvice::Later, "{error:?}");
    }
}

#[test]
fn many_names_are_cut() {
    let names = ["DnsName(\"a\")"; 9];
    let words = words(&name(&names));
    assert!(
        words.cause.ends_with("a, a, a, a, a, more"),
        "{}",
        words.cause
    );
}
