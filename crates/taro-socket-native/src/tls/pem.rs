//! PEM (RFC 7468), as tools, editors and environment variables leave it.

use rustls::pki_types::{
    CertificateDer, PrivateKeyDer,
    pem::{Error, PemObject},
};

/// Text with at least one BEGIN line. Its lines are trimmed: indentation and a byte order mark do not matter.
pub(super) struct Pem(Vec<u8>);

const BEGIN: &[u8] = b"-----BEGIN ";
const DASHES: &[u8] = b"-----";
const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

impl Pem {
    /// `None` if there is no BEGIN line.
    pub(super) fn new(bytes: &[u8]) -> Option<Self> {
        let bytes = bytes.strip_prefix(BYTE_ORDER_MARK).unwrap_or(bytes);
        let lines: Vec<&[u8]> = bytes
            .split(|byte| matches!(byte, b'\n' | b'\r'))
            .map(<[u8]>::trim_ascii)
            .collect();
        let begins = lines.iter().any(|line| line.starts_with(BEGIN));
        begins.then(|| Self(lines.join(&b'\n')))
    }

    /// All certificates, in order.
    pub(super) fn certificates(&self) -> Result<Vec<CertificateDer<'static>>, String> {
        self.all()
    }

    /// The first private key of a kind that TLS uses.
    pub(super) fn key(&self) -> Result<Option<PrivateKeyDer<'static>>, String> {
        Ok(self.all()?.into_iter().next())
    }

    /// Whether a private key needs a pass phrase: PKCS #8 (RFC 5958 §3), or as OpenSSL wrote the others (RFC 1421 §4.6.1.1).
    pub(super) fn is_encrypted(&self) -> bool {
        let encrypted = |line: &[u8]| {
            line.starts_with(b"-----BEGIN ENCRYPTED PRIVATE KEY-----")
                || line.starts_with(b"Proc-Type: 4,ENCRYPTED")
        };
        self.0.split(|&byte| byte == b'\n').any(encrypted)
    }

    /// What it holds, for an error: labels alone, since what stands behind them may be secret.
    pub(super) fn labels(&self) -> String {
        let mut labels: Vec<String> = self.begins().map(|(label, _)| label).collect();
        labels.dedup();
        labels.truncate(5);
        labels.join(", ")
    }

    fn all<T: PemObject>(&self) -> Result<Vec<T>, String> {
        if self.begins().any(|(_, behind)| !behind.is_empty()) {
            return Err(
                "is PEM whose line breaks are lost: keep them, also in an environment variable"
                    .to_owned(),
            );
        }
        let read: Result<_, _> = T::pem_slice_iter(&self.0).collect();
        read.map_err(|error| {
            let fault = match error {
                Error::MissingSectionEnd { .. } => "an END line is missing or names another label",
                Error::IllegalSectionStart { .. } => "a BEGIN line does not end in five dashes",
                Error::Base64Decode(_) => "what stands between its lines is no base64",
                _ => "it cannot be read",
            };
            format!("is malformed PEM ({fault}): give the whole file as it was written")
        })
    }

    /// Each BEGIN line's label, and what stands behind it on the line.
    fn begins(&self) -> impl Iterator<Item = (String, &[u8])> {
        let lines = self.0.split(|&byte| byte == b'\n');
        lines.filter_map(|line| {
            let rest = line.strip_prefix(BEGIN)?;
            let end = rest.windows(DASHES.len()).position(|part| part == DASHES)?;
            let (label, behind) = rest.split_at(end);
            let label = String::from_utf8_lossy(label.get(..40).unwrap_or(label));
            Some((crate::error::excerpt::line(&label), &behind[DASHES.len()..]))
        })
    }
}
