//! Subprotocols: tokens without duplicates.

use std::fmt;

use super::header::is_token_byte;
use crate::{
    Error, ErrorKind, Result,
    text::{concat, decimal},
};

/// Offered subprotocols.
#[derive(Clone, Default)]
pub(super) struct Protocols(pub(super) Vec<String>);

/// How many alone: some are tokens.
impl fmt::Debug for Protocols {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Protocols").field(&self.0.len()).finish()
    }
}

/// Checks offered subprotocols: RFC 6455 §4.1 item 10, WHATWG WebSockets §3.1 constructor.
pub(super) fn check(protocols: &[String]) -> Result<()> {
    for (at, protocol) in protocols.iter().enumerate() {
        if protocol.is_empty() || !protocol.bytes().all(is_token_byte) {
            return Err(wrong(
                at,
                " is not a token: no blanks, commas or other separators",
            ));
        }
        if protocols.iter().take(at).any(|other| other == protocol) {
            return Err(wrong(at, " is given twice: leave one out"));
        }
    }
    Ok(())
}

/// Which one, not what it is: some are tokens.
fn wrong(at: usize, what: &str) -> Error {
    let number = decimal(u32::try_from(at).unwrap_or(u32::MAX).saturating_add(1));
    let text = concat(&["subprotocol ", &number, what]);
    Error::new(ErrorKind::InvalidArgument, text)
}
