//! References to a URL, relative to another (RFC 3986 §5, in the words of WHATWG URL §4.4).

use taro_socket_api::SocketUrl;

use crate::name;

/// The URL that `reference` is at `base`, without its fragment; `None` if it is none of a WebSocket.
///
/// `http` and `https` are read as `ws` and `wss`.
pub(super) fn resolve(base: &SocketUrl, reference: &str) -> Option<SocketUrl> {
    // What was no UTF-8, and so names nothing.
    if reference.contains(char::REPLACEMENT_CHARACTER) {
        return None;
    }
    let reference = without_fragment(reference);
    let assembled = match scheme(&reference) {
        Some((scheme, rest)) => {
            let secure = scheme.eq_ignore_ascii_case("https") || scheme.eq_ignore_ascii_case("wss");
            let plain = scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("ws");
            if !secure && !plain {
                return None;
            }
            // The base's own scheme without an authority says nothing (special relative or authority state).
            if secure == base.is_secure() && !rest.starts_with("//") {
                relative(base, rest)
            } else {
                reference
            }
        }
        None => relative(base, &reference),
    };
    SocketUrl::parse_with(&assembled, name::to_ascii).ok()
}

/// The whole URL of a reference without a scheme.
fn relative(base: &SocketUrl, reference: &str) -> String {
    let scheme = if base.is_secure() { "wss:" } else { "ws:" };
    let (authority, target) = (base.authority(), base.target());
    let path = target.split('?').next().unwrap_or_default();
    let is_slash = |byte: Option<&u8>| matches!(byte, Some(b'/' | b'\\'));
    let bytes = reference.as_bytes();
    let kept = match bytes.first() {
        Some(_) if is_slash(bytes.first()) && is_slash(bytes.get(1)) => {
            return format!("{scheme}{reference}");
        }
        Some(_) if is_slash(bytes.first()) => "",
        Some(b'?') => path,
        Some(_) => path
            .get(..path.rfind('/').map_or(0, |slash| slash + 1))
            .unwrap_or_default(),
        None => target,
    };
    format!("{scheme}//{authority}{kept}{reference}")
}

/// What is before the first colon, if that is a scheme, and what is behind.
fn scheme(reference: &str) -> Option<(&str, &str)> {
    let (scheme, rest) = reference.split_once(':')?;
    let is_scheme = scheme.starts_with(|first: char| first.is_ascii_alphabetic())
        && scheme
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte));
    is_scheme.then_some((scheme, rest))
}

/// Without blanks and controls around, tabs and line ends within, and the fragment. What then ends in blanks ended in
/// the fragment before: they stay, percent-encoded.
fn without_fragment(reference: &str) -> String {
    let is_around = |character: char| character <= ' ';
    let kept = reference.trim_matches(is_around);
    let kept: String = kept
        .chars()
        .filter(|character| !matches!(character, '\t' | '\n' | '\r'))
        .collect();
    let whole = kept.split('#').next().unwrap_or_default();
    let mut out = whole.trim_end_matches(is_around).to_owned();
    for byte in whole.bytes().skip(out.len()) {
        out.push_str(&format!("%{byte:02X}"));
    }
    out
}

#[cfg(test)]
mod tests;
