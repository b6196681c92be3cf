//! Whether a certificate is an authority's.

use super::der::{self, BOOLEAN, OBJECT_IDENTIFIER, OCTET_STRING};

/// `[0]` of a certificate: its version, which version 1 has not (RFC 5280 §4.1.2.1).
const VERSION: u8 = 0xa0;
/// `[3]` of a certificate.
const EXTENSIONS: u8 = 0xa3;
/// id-ce-basicConstraints, 2.5.29.19.
const BASIC_CONSTRAINTS: &[u8] = &[0x55, 0x1d, 0x13];
const TRUE: &[u8] = &[0xff];

/// Whether others may be issued by it: its basic constraints say so (RFC 5280 §4.2.1.9), or it is of version 1, which has
/// no way to say it.
pub(super) fn is_authority(certificate: &[u8]) -> bool {
    judged(certificate).unwrap_or(false)
}

/// `None` where it is no certificate, or one of version 3 that says nothing.
fn judged(certificate: &[u8]) -> Option<bool> {
    let content = der::sequence(der::sequence(certificate)?.content)?.content;
    let (first, _, mut rest) = der::element(content)?;
    if first != VERSION {
        return Some(true);
    }
    loop {
        let (tag, content, behind) = der::element(rest)?;
        if tag == EXTENSIONS {
            return basic_constraints(der::sequence(content)?.content);
        }
        rest = behind;
    }
}

/// `cA` of the first basic constraints.
fn basic_constraints(extensions: &[u8]) -> Option<bool> {
    let all = der::sequences(extensions)?;
    all.iter().find_map(|extension| {
        let (tag, id, behind) = der::element(extension.content)?;
        if (tag, id) != (OBJECT_IDENTIFIER, BASIC_CONSTRAINTS) {
            return None;
        }
        let (tag, mut value, behind) = der::element(behind)?;
        if tag == BOOLEAN {
            // Whether the extension is critical.
            value = der::element(behind)
                .filter(|next| next.0 == OCTET_STRING)?
                .1;
        }
        let (tag, authority, _) = der::element(der::sequence(value)?.content)?;
        Some((tag, authority) == (BOOLEAN, TRUE))
    })
}

#[cfg(test)]
mod tests;
