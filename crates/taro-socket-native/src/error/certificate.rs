//! What is wrong with a server's certificate, in words.

use rustls::{
    CertificateError as Bad,
    pki_types::{ServerName, UnixTime},
};

use super::words::{Words, spaced};

mod another;

pub(crate) use another::NotTheOne;

const CLOCK: &str = "renew it on the server; if it is current, set this machine's clock";
const TRUST: &str = "let the server send its intermediate certificates too, or trust its authority \
                     (TlsOptions::add_root_certificate) or this certificate alone (only_certificate)";
const RENEW: &str = "have the authority issue another one for the server";
const REVOCATION: &str = "try again later";
const SERVER: &str = "issue it for servers (extended key usage serverAuth)";
const ALGORITHM: &str = "issue it anew with ECDSA P-256 or P-384, Ed25519, or RSA of 2048 bits or more, and SHA-256 or better";

/// webpki's word for a server's certificate that is an authority's.
pub(crate) const CA_AS_END_ENTITY: &str = "CaUsedAsEndEntity";

pub(super) fn words(error: &Bad) -> Words {
    match error {
        Bad::Expired => never("has expired", CLOCK),
        Bad::ExpiredContext { time, not_after } => never(
            &format!("has expired {} ago", span(*not_after, *time)),
            CLOCK,
        ),
        Bad::NotValidYet => never("is not valid yet", "set this machine's clock"),
        Bad::NotValidYetContext { time, not_before } => never(
            &format!("becomes valid only in {}", span(*time, *not_before)),
            "set this machine's clock",
        ),
        Bad::Revoked => never("has been revoked by its authority", RENEW),
        Bad::UnhandledCriticalExtension => never(
            "has a critical extension that is not understood here",
            RENEW,
        ),
        Bad::UnknownIssuer => never("was issued by nobody whom this program trusts", TRUST),
        Bad::UnknownRevocationStatus => later("may have been revoked: nobody can tell"),
        Bad::ExpiredRevocationList | Bad::ExpiredRevocationListContext { .. } => {
            later("may have been revoked: the authority's list is outdated")
        }
        Bad::InvalidOcspResponse => later("comes with a malformed proof that it was not revoked"),
        Bad::BadEncoding => never("is malformed", RENEW),
        Bad::BadSignature => never(
            "is not signed by the authority that it names, or the server does not have its key",
            "check the server's chain and key",
        ),
        Bad::NotValidForName => never("is for another name", NAME),
        Bad::NotValidForNameContext {
            expected,
            presented,
        } => words_of_name(expected, presented),
        Bad::InvalidPurpose | Bad::InvalidPurposeContext { .. } => {
            never("is not for servers", SERVER)
        }
        Bad::UnsupportedSignatureAlgorithmContext { .. }
        | Bad::UnsupportedSignatureAlgorithmForPublicKeyContext { .. } => {
            never("is signed in a way that is not supported", ALGORITHM)
        }
        Bad::ApplicationVerificationFailure => never("was refused by the verifier", RENEW),
        // webpki's own reasons, and those of the operating system.
        Bad::Other(reason) => match reason.0.downcast_ref() {
            Some(another) => another::words(another),
            None => words_of_reason(&reason.to_string()),
        },
        other => words_of_reason(&other.to_string()),
    }
}

fn never(fault: &str, remedy: &'static str) -> Words {
    Words::never(format!("the server's certificate {fault}"), remedy)
}

fn later(fault: &str) -> Words {
    Words::later(format!("the server's certificate {fault}"), REVOCATION)
}

const NAME: &str = "dial a name that it has, ask for it by TlsOptions::server_name, or issue one with this name as \
                    subjectAltName";
const NO_NAME: &str = "issue one with this name as subjectAltName, or trust this certificate alone \
                       (TlsOptions::only_certificate)";

fn words_of_name(expected: &ServerName<'_>, presented: &[String]) -> Words {
    let expected = expected.to_str();
    if presented.is_empty() {
        let fault = format!("is for no name, so not for {expected} (a common name does not count)");
        return never(&fault, NO_NAME);
    }
    let mut names: Vec<String> = presented.iter().take(5).map(|name| plain(name)).collect();
    if presented.len() > names.len() {
        names.push("more".to_owned());
    }
    never(
        &format!("is not for {expected}, but for {}", names.join(", ")),
        NAME,
    )
}

/// `DnsName("a.b")` as `a.b`; the name is the server's word, so it is escaped.
fn plain(name: &str) -> String {
    let inner = name.split_once('(').map_or(name, |(_, inner)| inner);
    let inner = inner.strip_suffix(')').unwrap_or(inner).trim_matches('"');
    super::excerpt::line(inner)
}

fn words_of_reason(reason: &str) -> Words {
    let (fault, remedy) = match reason {
        CA_AS_END_ENTITY => (
            "is marked as an authority, and an authority is no server",
            "if it is the server's own, trust it (TlsOptions::add_root_certificate, or only_certificate), or make it with \
             basicConstraints CA:FALSE; otherwise let that authority issue one for the server",
        ),
        "EndEntityUsedAsCa" => (
            "was issued by a certificate that is not marked as an authority",
            "make the issuer with basicConstraints CA:TRUE",
        ),
        "CertDistrusted" => ("is explicitly distrusted", RENEW),
        "EmptyEkuExtension" | "certificate had invalid extensions" => {
            ("is not for servers", SERVER)
        }
        "UnsupportedCertVersion" => (
            "is not an X.509 certificate of version 3",
            "issue it anew as version 3",
        ),
        "NameConstraintViolation" => (
            "has a name that its authority may not vouch for",
            "let an authority without that constraint issue it",
        ),
        "PathLenConstraintViolated" => (
            "has more authorities above it than they allow",
            "let one of them issue it directly",
        ),
        "MaximumPathDepthExceeded"
        | "MaximumPathBuildCallsExceeded"
        | "MaximumSignatureChecksExceeded"
        | "MaximumNameConstraintComparisonsExceeded" => (
            "comes with a chain that is too long to check",
            "let the server send its own chain only",
        ),
        other => {
            let fault = format!("was refused: {}", spaced(&super::excerpt::line(other)));
            return never(&fault, RENEW);
        }
    };
    never(fault, remedy)
}

/// The time from one to the other, in its largest unit.
fn span(from: UnixTime, to: UnixTime) -> String {
    let seconds = to.as_secs().saturating_sub(from.as_secs());
    match seconds {
        0..=119 => format!("{seconds} s"),
        120..=7199 => format!("{} minutes", seconds / 60),
        7200..=172_799 => format!("{} hours", seconds / 3600),
        _ => format!("{} days", seconds / 86_400),
    }
}

#[cfg(test)]
mod tests;
