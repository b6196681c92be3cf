//! User name, host and port.

use super::{
    cut::cut,
    flaw::{self, Flaw},
    host, scheme,
};
use crate::text::decimal;

/// What ends an authority.
pub(super) const ENDS: &[u8] = b"/\\?";

/// Host and port; a colon within brackets belongs to an IPv6 address.
pub(super) fn split(authority: &str) -> (&str, Option<&str>) {
    let behind = match cut(authority, b"]").1 {
        "" => authority,
        behind => behind,
    };
    let port = cut(behind, b":").1;
    let host = authority.strip_suffix(port).unwrap_or(authority);
    (host, port.get(1..))
}

/// Writes host and port, as they go on the wire; `at` is where in the URL the authority begins.
pub(super) fn push(
    out: &mut String,
    authority: &str,
    at: usize,
    secure: bool,
    to_ascii: impl Fn(&str) -> Result<String, Flaw>,
) -> Result<(), Flaw> {
    let (user, named) = cut(authority, b"@");
    // Without a name and a password an `@` says nothing.
    let named = match named.get(1..) {
        None => authority,
        Some(named) if user.is_empty() || user == ":" => named,
        Some(_) => return Err(flaw::USER_NAME),
    };
    let end = at + authority.len();
    let (name, port) = split(named);
    host::push(out, name, end - named.len(), to_ascii)?;
    let port = port.unwrap_or_default();
    let number = number(port, end - port.len())?;
    if !port.is_empty() && number != u32::from(scheme::default_port(secure)) {
        out.push(':');
        out.push_str(&decimal(number));
    }
    Ok(())
}

/// The port that begins at `at`.
fn number(port: &str, at: usize) -> Result<u32, Flaw> {
    let mut number = 0;
    for (place, byte) in port.bytes().enumerate() {
        let refused = |what| Flaw::of_character(at + place, what);
        if !byte.is_ascii_digit() {
            return Err(refused(" where its port is: write digits, up to 65535"));
        }
        number = number * 10 + u32::from(byte - b'0');
        if number > 65_535 {
            return Err(refused(", and a port above 65535 with it"));
        }
    }
    Ok(number)
}
