//! What the parser of a JavaScript host made of a URL.

use super::flaw::{SCHEME, USER_NAME};
use crate::text::concat;

const REFUSED: &str = "cannot be parsed: write ws://host:port/path";
const FRAGMENT: &str = "has a fragment: write # as %23, or leave it out";

/// The URL as it goes on the wire, if it is one of ours.
///
/// One look at each byte: this is all of the rule that browsers load.
pub(super) fn settled(href: Option<String>) -> Result<String, &'static str> {
    let href = href.ok_or(REFUSED)?;
    // A parser writes schemes in lower case. `http` stands for `ws`, and `https` for `wss`.
    let tail = ["ws", "http"]
        .iter()
        .find_map(|name| href.strip_prefix(name));
    let tail = tail.ok_or(SCHEME)?;
    let rest = tail.strip_prefix('s').unwrap_or(tail);
    let rest = rest.strip_prefix("://").ok_or(SCHEME)?;
    let mut host = None;
    for (at, byte) in rest.bytes().enumerate() {
        match byte {
            b'#' => return Err(FRAGMENT),
            b'/' if host.is_none() => host = Some(at),
            b'@' if host.is_none() => return Err(USER_NAME),
            // Chromium writes an escape into a host instead of refusing the character.
            b'%' if host.is_none() => return Err(REFUSED),
            b'!'..=b'~' => {}
            _ => return Err(REFUSED),
        }
    }
    if host.unwrap_or(0) == 0 {
        return Err(REFUSED);
    }
    Ok(concat(&["ws", tail]))
}
