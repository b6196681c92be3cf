//! Files of one folder, for pages that talk to this server.

use std::path::{Component, Path, PathBuf};
use std::{fs, io};

use taro_socket_test_protocol::percent_decode;

use crate::request::Request;
use crate::response::Response;

/// Headers that make a page cross-origin isolated, and let other isolated pages use the file.
const HEADERS: [(&str, &str); 4] = [
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Embedder-Policy", "require-corp"),
    ("Cross-Origin-Resource-Policy", "cross-origin"),
    ("Cache-Control", "no-store"),
];

/// The folder. Cloning shares it.
#[derive(Clone, Debug)]
pub(crate) struct Files {
    /// Without symbolic links, so that what is found can be compared with it.
    root: PathBuf,
}

impl Files {
    pub(crate) fn new(folder: &Path) -> io::Result<Self> {
        let root = fs::canonicalize(folder)?;
        if root.is_dir() {
            return Ok(Self { root });
        }
        Err(io::ErrorKind::NotADirectory.into())
    }

    /// The file that a GET asks for; `None` when there is none within the folder.
    pub(crate) async fn answer(&self, request: &Request) -> Option<Response> {
        if request.method != "GET" {
            return None;
        }
        let path = self.root.join(relative(&request.seen.target)?);
        let root = self.root.clone();
        let found = tokio::task::spawn_blocking(move || read(&root, &path));
        let (kind, bytes) = found.await.ok().flatten()?;
        let answer = Response::bytes_of(kind, bytes);
        let headers = HEADERS.into_iter();
        Some(headers.fold(answer, |answer, (name, value)| answer.header(name, value)))
    }
}

/// The path that a target names, from the folder on; `None` when it could lead out of it.
fn relative(target: &str) -> Option<PathBuf> {
    let path = target.split(['?', '#']).next()?;
    let path = percent_decode(path.strip_prefix('/')?);
    if path.contains(['\0', '\\']) {
        return None;
    }
    let normal = |part: Component<'_>| matches!(part, Component::Normal(_));
    let path = PathBuf::from(path);
    path.components().all(normal).then_some(path)
}

fn read(root: &Path, path: &Path) -> Option<(&'static str, Vec<u8>)> {
    let mut path = fs::canonicalize(path).ok()?;
    if path.is_dir() {
        path = fs::canonicalize(path.join("index.html")).ok()?;
    }
    // A symbolic link may lead anywhere.
    if !path.starts_with(root) {
        return None;
    }
    Some((kind(&path), fs::read(&path).ok()?))
}

/// The type by extension. Browsers take modules and wasm only under theirs.
fn kind(path: &Path) -> &'static str {
    let extension = path.extension().and_then(|extension| extension.to_str());
    match extension.unwrap_or_default() {
        "css" => "text/css; charset=utf-8",
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "json" | "map" => "application/json",
        "png" => "image/png",
        "svg" => "image/svg+xml",
        "txt" => "text/plain; charset=utf-8",
        "wasm" => "application/wasm",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_stay_in_the_folder() {
        let named = |target: &str| relative(target).map(|path| path.display().to_string());
        assert_eq!(named("/").as_deref(), Some(""));
        assert_eq!(named("/a/b%20c.js?d=..").as_deref(), Some("a/b c.js"));
        for target in [
            "/..",
            "/a/../../b",
            "/%2e%2e/b",
            "/a/%2E%2E%2f..%2fb",
            "//etc/passwd",
            "/%2Fetc/passwd",
            "/a%00.js",
            "/..%5cb",
            "http://a/b",
            "*",
        ] {
            assert_eq!(named(target), None, "{target}");
        }
    }
}
