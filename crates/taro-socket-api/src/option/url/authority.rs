//! User name, host and port.

use super::{cut::cut, flaw, host, scheme, wire::Wire};
use crate::text::{push_ascii, push_decimal};

/// What ends an authority.
pub(super) const ENDS: &[u8] = b"/\\?";

const PORT: &str = " where its port is: write digits, up to 65535";

/// Writes host and port, as they go on the wire; `at` is where in the URL the authority begins.
pub(super) fn push(
    wire: &mut Wire,
    authority: &[u8],
    at: usize,
    secure: bool,
    push_name: impl Fn(&mut Wire, &[u8], usize) -> Option<()>,
) -> Option<()> {
    // Without a name and a password an `@` says nothing.
    let named = match cut(authority, b"@") {
        (b"" | b":", [_, named @ ..]) => named,
        (_, []) => authority,
        _ => return wire.refuse(flaw::USER_NAME),
    };
    let end = at + authority.len();
    // A colon within brackets belongs to an IPv6 address.
    let behind = match cut(named, b"]").1 {
        [] => named,
        behind => behind,
    };
    let port = cut(behind, b":").1;
    let host = named.len() - port.len();
    let host = named.get(..host).unwrap_or_default();
    host::push(wire, host, end - named.len(), push_name)?;
    if let [_, digits @ ..] = port {
        push_port(wire, digits, end - digits.len(), secure)?;
    }
    Some(())
}

/// Writes the port that begins at `at`, unless it is the scheme's own.
fn push_port(wire: &mut Wire, port: &[u8], at: usize, secure: bool) -> Option<()> {
    let mut number = 0;
    for (place, byte) in port.iter().enumerate() {
        number = number * 10 + u32::from(byte.wrapping_sub(b'0'));
        if !byte.is_ascii_digit() || number > 65_535 {
            return wire.refuse_at(at + place, PORT);
        }
    }
    if !port.is_empty() && number != u32::from(scheme::default_port(secure)) {
        push_ascii(&mut wire.text, b':');
        push_decimal(&mut wire.text, number);
    }
    Some(())
}
