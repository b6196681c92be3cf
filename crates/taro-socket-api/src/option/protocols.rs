//! Subprotocols: tokens without duplicates.

use super::header::is_token_byte;
use crate::{
    Error, ErrorKind, Result,
    text::{concat, quoted},
};

/// Checks offered subprotocols: RFC 6455 §4.1 item 10, WHATWG WebSockets §3.1 constructor.
pub(super) fn check(protocols: &[String]) -> Result<()> {
    for (at, protocol) in protocols.iter().enumerate() {
        if protocol.is_empty() || !protocol.bytes().all(is_token_byte) {
            let text = concat(&[
                "subprotocol ",
                &quoted(protocol),
                " is not a token: no blanks, commas or other separators",
            ]);
            return Err(Error::new(ErrorKind::InvalidArgument, text));
        }
        if protocols.iter().take(at).any(|other| other == protocol) {
            let text = concat(&[
                "subprotocol ",
                &quoted(protocol),
                " is given twice: leave one out",
            ]);
            return Err(Error::new(ErrorKind::InvalidArgument, text));
        }
    }
    Ok(())
}
