//! User name, host and port.

use super::{
    flaw::{self, Flaw},
    host, scheme,
};
use crate::text::decimal;

/// The authority that `rest` begins with, and what is behind it.
pub(super) fn cut(rest: &str) -> (&str, &str) {
    let end = rest.find(['/', '\\', '?']);
    // A panic's text about a place within a character would be much code.
    let parts = end.and_then(|end| rest.split_at_checked(end));
    parts.unwrap_or((rest, ""))
}

/// Host and port; a colon within brackets belongs to an IPv6 address.
pub(super) fn split(authority: &str) -> (&str, Option<&str>) {
    let mut inside = false;
    let colon = authority.find(|character| {
        match character {
            '[' => inside = true,
            ']' => inside = false,
            _ => {}
        }
        character == ':' && !inside
    });
    let parts = colon.and_then(|at| Some((authority.get(..at)?, authority.get(at + 1..)?)));
    parts.map_or((authority, None), |(host, port)| (host, Some(port)))
}

/// Writes host and port, as they go on the wire.
pub(super) fn push(
    out: &mut String,
    authority: &str,
    secure: bool,
    to_ascii: impl Fn(&str) -> Result<String, Flaw>,
) -> Result<(), Flaw> {
    // Without a name and a password an `@` says nothing.
    let (user, named) = authority.rsplit_once('@').unwrap_or(("", authority));
    if !user.is_empty() && user != ":" {
        return Err(flaw::USER_NAME);
    }
    let before = authority.len() - named.len();
    let (name, port) = split(named);
    host::push(out, name, to_ascii).map_err(|flaw| flaw.behind(before))?;
    let port = port.unwrap_or_default();
    let start = authority.len() - port.len();
    if let Some(number) = number(port).map_err(|flaw| flaw.behind(start))? {
        if number != u32::from(scheme::default_port(secure)) {
            out.push(':');
            out.push_str(&decimal(number));
        }
    }
    Ok(())
}

/// The port, if one is written.
fn number(port: &str) -> Result<Option<u32>, Flaw> {
    let mut number = 0;
    for (at, character) in port.char_indices() {
        let what = " where its port is: write digits, up to 65535";
        let digit = character.to_digit(10);
        let digit = digit.ok_or_else(|| Flaw::of_character(at, what))?;
        number = number * 10 + digit;
        if number > 65_535 {
            let what = ", and a port above 65535 with it";
            return Err(Flaw::of_character(at, what));
        }
    }
    Ok((!port.is_empty()).then_some(number))
}
