//! Subprotocols: tokens without duplicates.

use super::header::is_token_byte;
use crate::{Error, ErrorKind, Result};

/// Checks offered subprotocols: RFC 6455 §4.1 item 10, WHATWG WebSockets §3.1 constructor.
pub(super) fn check(protocols: &[String]) -> Result<()> {
    for (at, protocol) in protocols.iter().enumerate() {
        if protocol.is_empty() || !protocol.bytes().all(is_token_byte) {
            let text = format!(
                "subprotocol {protocol:?} is not a token: no blanks, commas or other separators"
            );
            return Err(Error::new(ErrorKind::InvalidArgument, text));
        }
        if protocols[..at].contains(protocol) {
            let text = format!("subprotocol {protocol:?} is given twice");
            return Err(Error::new(ErrorKind::InvalidArgument, text));
        }
    }
    Ok(())
}
