//! What the crate `url` makes of a URL.

use url::{Position, Url};

/// What goes on the wire, if the `WebSocket` constructor takes the URL and it has no user name.
///
/// The crate leaves `^` in a path as it is: its set of characters is older than the standard's of today.
#[must_use]
pub fn others(url: &str) -> Option<String> {
    let url = Url::parse(url).ok()?;
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
