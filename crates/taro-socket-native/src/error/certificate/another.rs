//! A certificate that is none of those that are trusted by themselves.

use std::fmt;

use super::{Words, never};

/// The fingerprint of the one that was presented.
#[derive(Debug)]
pub(crate) struct NotTheOne(pub(crate) String);

impl fmt::Display for NotTheOne {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "another certificate than the trusted one: {}", self.0)
    }
}

impl std::error::Error for NotTheOne {}

pub(super) fn words(NotTheOne(presented): &NotTheOne) -> Words {
    let fault =
        format!("is not the one that this program trusts (its SHA-256 fingerprint is {presented})");
    never(
        &fault,
        "ask the server's keeper whether it was renewed; if so, name it by TlsOptions::only_certificate or \
         only_certificate_sha256, beside the old one while both are in use",
    )
}
