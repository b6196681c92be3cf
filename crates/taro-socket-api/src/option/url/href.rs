//! What the parser of a JavaScript host made of a URL.

use super::{
    flaw::{Flaw, SCHEME, USER_NAME},
    scheme,
};

const REFUSED: Flaw = Flaw::whole(
    "is none to the URL parser here: write ws:// or wss://, a host without blanks or separators, a port up to 65535",
);
const FRAGMENT: Flaw = Flaw::whole(
    "has a fragment, from its first `#` on, which no WebSocket URL has: leave it out, or write %23",
);

/// The URL as it goes on the wire, if it is one of ours.
///
/// One look at each byte: this is all of the rule that browsers load.
pub(super) fn settled(href: Option<String>) -> Result<String, Flaw> {
    let href = href.ok_or(REFUSED)?;
    let (secure, rest) = scheme::split(&href).ok_or(SCHEME)?;
    let rest = rest.strip_prefix("//").ok_or(REFUSED)?;
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
    let mut text = String::from(scheme::start(secure));
    text.push_str(rest);
    Ok(text)
}
