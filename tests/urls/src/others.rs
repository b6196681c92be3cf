//! What the crate `url` makes of a URL.

use url::{Position, Url};

/// What goes on the wire, if the `WebSocket` constructor takes the URL and it has no user name.
///
/// The crate leaves `^` in a path as it is: its set of characters is older than the standard's of today.
#[must_use]
pub fn others(url: &str) -> Option<String> {
    written(&Url::parse(url).ok()?)
}

/// What goes on the wire for `reference`, relative to `base`, a URL of `ws` or `wss`; its fragment is dropped.
///
/// A reference of `http` or `https` is relative to what `base` is in that scheme.
#[must_use]
pub fn others_at(base: &str, reference: &str) -> Option<String> {
    let cleaned = cleaned(reference);
    let scheme = cleaned.get(..4).unwrap_or_default();
    let http = scheme.eq_ignore_ascii_case("http");
    let base = match http {
        true => base.replacen("ws", "http", 1),
        false => base.to_owned(),
    };
    let mut url = Url::parse(&base).ok()?.join(reference).ok()?;
    url.set_fragment(None);
    written(&url)
}

fn written(url: &Url) -> Option<String> {
    let scheme = match url.scheme() {
        "ws" | "http" => "ws",
        "wss" | "https" => "wss",
        _ => return None,
    };
    let named = !url.username().is_empty() || url.password().is_some();
    if named || url.fragment().is_some() {
        return None;
    }
    let authority = &url[Position::BeforeHost..Position::AfterPort];
    let path = url.path().replace('^', "%5E");
    let query = &url[Position::AfterPath..];
    Some(format!("{scheme}://{authority}{path}{query}"))
}

/// Whether the crate may take a part of the path for a drive of Windows, which it keeps where `..` is to take it out.
/// Only file URLs have drives.
#[must_use]
pub fn has_drive(url: &str) -> bool {
    let url = url.replace(['\t', '\n', '\r'], "");
    let mut parts = url.split(['/', '\\']).skip(1);
    parts.any(|part| part.len() == 2 && part.ends_with([':', '|']))
}

/// Whether the crate may read a reference in another way than the standard says: for a drive, see [`has_drive`], and where
/// three slashes or more stand before a host. Of a relative reference the crate takes two, the standard as many as come
/// (special authority ignore slashes state).
#[must_use]
pub fn differs_at(reference: &str) -> bool {
    let reference = cleaned(reference);
    let slashes = |text: &str| {
        let mut first = text.chars().take(3);
        text.len() > 2 && first.all(|character| matches!(character, '/' | '\\'))
    };
    let behind = reference.split_once(':').map_or("", |(_, behind)| behind);
    [&*reference, behind]
        .into_iter()
        .any(|text| slashes(text) || has_drive(&format!("/{text}")))
}

/// Without blanks and controls before it, tabs and line ends within.
fn cleaned(url: &str) -> String {
    let url = url.trim_start_matches(|character: char| character <= ' ');
    url.replace(['\t', '\n', '\r'], "")
}
