//! What rustls says, in words, with the advice that follows.

use std::io;

use rustls::{AlertDescription as Alert, Error as TlsError, PeerIncompatible};
use taro_socket_api::{Error, ErrorKind, RetryAdvice};

use super::{
    certificate, excerpt,
    host::from_host,
    words::{Words, spaced},
};

pub(crate) use certificate::{CA_AS_END_ENTITY, NotTheOne};

const VERSION: &str = "let the server speak TLS 1.2 or 1.3, at least TlsOptions::min_version, with current cipher suites";
const AGAIN: &str = "it may be restarting: try again later";

/// A TLS handshake that failed: rustls' verdict, or the end of TCP, which is no verdict on the peer
/// (RFC 8446 §6.1).
pub(crate) fn handshake(place: &str, error: io::Error) -> Error {
    let what = format!("TLS handshake with {place}");
    within(error, &what).unwrap_or_else(|error| {
        let text = if error.kind() == io::ErrorKind::UnexpectedEof {
            format!("{what}: the server ended the connection: {AGAIN}")
        } else {
            format!("{what}: the connection broke: {error}: {AGAIN}")
        };
        from_host(ErrorKind::Tls, text, error).with_retry(RetryAdvice::Later)
    })
}

/// An answer to the TLS handshake that is no TLS record (RFC 8446 §5.1); with the schemes without and with TLS.
pub(crate) fn not_tls(
    place: &str,
    (plain, secure): (&'static str, &'static str),
    beginning: &[u8],
) -> Error {
    let text = format!(
        "TLS handshake with {place}: the server at this port does not speak TLS (its answer begins with {}): \
         {plain} instead of {secure}, or another port?",
        excerpt::bytes(beginning)
    );
    Error::new(ErrorKind::Tls, text).with_retry(RetryAdvice::Later)
}

/// rustls' error, if there is one within `error`; it is an `InvalidData` with its own error inside.
pub(super) fn within(error: io::Error, what: &str) -> Result<Error, io::Error> {
    let inner = error.get_ref().and_then(|inner| inner.downcast_ref());
    match inner.cloned() {
        Some(inner) => Ok(told(what, inner)),
        None => Err(error),
    }
}

/// rustls' error while `what` was done.
pub(crate) fn told(what: &str, source: TlsError) -> Error {
    let words = words(&source);
    let text = format!("{what}: {}: {}", words.cause, words.remedy);
    let error = Error::new(ErrorKind::Tls, text).with_source(source);
    error.with_retry(words.retry)
}

fn words(error: &TlsError) -> Words {
    match error {
        TlsError::InvalidCertificate(certificate) => certificate::words(certificate),
        TlsError::AlertReceived(alert) => words_of_alert(*alert),
        TlsError::NoCertificatesPresented => Words::never(
            "the server presented no certificate",
            "set one up on the server",
        ),
        TlsError::UnsupportedNameType => Words::never(
            "a certificate cannot be checked against this kind of host",
            "use a DNS name or an IP address",
        ),
        TlsError::PeerIncompatible(reason) => words_of_incompatible(reason),
        TlsError::FailedToGetCurrentTime => {
            Words::never("this machine's clock cannot be read", "set the clock")
        }
        // What the system's verifier says where it cannot judge.
        TlsError::General(reason) => words_of_own(reason),
        TlsError::Other(reason) => words_of_own(&reason.to_string()),
        other => Words::later(
            format!(
                "the server broke the protocol, or something between changed its bytes ({other})"
            ),
            "try again later; if that stays, look for a proxy between",
        ),
    }
}

fn words_of_own(reason: &str) -> Words {
    let reason = excerpt::line(reason);
    Words::later(
        format!("this machine could not do its part ({reason})"),
        "try again later; if that stays, look at its store of trusted certificates",
    )
}

fn words_of_incompatible(reason: &PeerIncompatible) -> Words {
    let cause = match reason {
        PeerIncompatible::ServerDoesNotSupportTls12Or13 => {
            "the server speaks neither TLS 1.2 nor 1.3".to_owned()
        }
        other => {
            let reason = spaced(&format!("{other:?}"));
            format!("server and client have no common way to speak TLS ({reason})")
        }
    };
    Words::never(cause, VERSION)
}

/// RFC 8446 §6.2. Alerts that leave the cause open may pass.
fn words_of_alert(alert: Alert) -> Words {
    let cause = format!(
        "the server refuses with the TLS alert {}",
        name_of_alert(alert)
    );
    match alert {
        Alert::BadCertificate
        | Alert::CertificateExpired
        | Alert::CertificateRequired
        | Alert::CertificateRevoked
        | Alert::CertificateUnknown
        | Alert::NoCertificate
        | Alert::UnknownCA
        | Alert::UnsupportedCertificate => Words::never(
            cause,
            "it asks for a client certificate that it trusts: TlsOptions::client_certificate",
        ),
        Alert::AccessDenied => Words::never(cause, "it does not let this client certificate in"),
        Alert::ProtocolVersion | Alert::InsufficientSecurity => Words::never(cause, VERSION),
        Alert::UnrecognisedName => Words::never(
            cause,
            "it serves no such name: check the host, or the names that the server knows",
        ),
        Alert::NoApplicationProtocol => Words::never(cause, "let the server allow HTTP/1.1"),
        Alert::HandshakeFailure => Words::later(
            cause,
            "it found no common way: check its TLS versions and cipher suites, and whether it asks for a client certificate",
        ),
        _ => Words::later(cause, AGAIN),
    }
}

fn name_of_alert(alert: Alert) -> String {
    match alert {
        Alert::Unknown(number) => format!("{number}"),
        known => format!("{} ({known:?})", u8::from(known)),
    }
}

#[cfg(test)]
mod tests;
