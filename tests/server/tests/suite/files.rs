//! Files of a folder.

use std::fs;

use taro_socket_test_server::{Options, TestServer};
use tempfile::TempDir;

use crate::control::http;

/// A folder `served` with some files, and a file beside it that must stay unseen.
fn folder() -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let served = folder.path().join("served");
    fs::create_dir_all(served.join("sub")).expect("a folder");
    fs::write(folder.path().join("secret.txt"), "secret").expect("a file");
    for (name, text) in [
        ("index.html", "<title>a</title>"),
        ("a b.mjs", "export {}"),
        ("sub/b.wasm", "\0asm"),
        ("sub/index.html", "below"),
        ("echo", "hidden by the route"),
    ] {
        fs::write(served.join(name), text).expect("a file");
    }
    std::os::unix::fs::symlink("../secret.txt", served.join("link.txt")).expect("a link");
    folder
}

async fn serving(folder: &TempDir) -> TestServer {
    let files = Some(folder.path().join("served"));
    let options = Options {
        files,
        ..Options::default()
    };
    TestServer::start_with(options).await.expect("a server")
}

#[tokio::test]
async fn files_come_with_their_type_and_isolated() {
    let folder = folder();
    let server = serving(&folder).await;
    for (target, kind, text) in [
        ("/", "text/html; charset=utf-8", "<title>a</title>"),
        (
            "/index.html?x=1",
            "text/html; charset=utf-8",
            "<title>a</title>",
        ),
        ("/a%20b.mjs", "text/javascript; charset=utf-8", "export {}"),
        ("/sub/b.wasm", "application/wasm", "\0asm"),
        ("/sub/", "text/html; charset=utf-8", "below"),
    ] {
        let (head, body) = http(&server, &format!("GET {target}"), "").await;
        assert!(head.starts_with("HTTP/1.1 200 OK\r\n"), "{target}: {head}");
        for line in [
            &format!("Content-Type: {kind}"),
            "Cross-Origin-Opener-Policy: same-origin",
            "Cross-Origin-Embedder-Policy: require-corp",
            "Cross-Origin-Resource-Policy: cross-origin",
            "Cache-Control: no-store",
        ] {
            assert!(head.lines().any(|other| other == line), "{line}: {head}");
        }
        assert_eq!(body, text);
    }
}

#[tokio::test]
async fn nothing_leads_out_of_the_folder() {
    let folder = folder();
    let server = serving(&folder).await;
    let absolute = folder.path().join("secret.txt");
    let absolute = absolute.to_str().expect("text");
    for target in [
        "/nothing.html",
        "/../secret.txt",
        "/%2e%2e/secret.txt",
        "/sub/..%2f..%2fsecret.txt",
        "/..%5csecret.txt",
        "/index.html%00.txt",
        "/link.txt",
        absolute,
        &format!("/{absolute}"),
        &format!("/%2F{absolute}"),
    ] {
        let (head, body) = http(&server, &format!("GET {target}"), "").await;
        assert!(head.starts_with("HTTP/1.1 404 "), "{target}: {head}");
        assert!(!body.contains("secret"), "{target}: {body}");
    }
}

#[tokio::test]
async fn routes_and_verbs_come_first_and_only_get_is_served() {
    let folder = folder();
    let server = serving(&folder).await;
    let (head, _) = http(&server, "GET /echo", "").await;
    assert!(head.starts_with("HTTP/1.1 400 "), "{head}");
    let (head, _) = http(&server, "GET /control/routes", "").await;
    let policy = "Cross-Origin-Resource-Policy: cross-origin";
    assert!(head.lines().any(|line| line == policy), "{head}");
    let (head, _) = http(&server, "POST /index.html", "").await;
    assert!(head.starts_with("HTTP/1.1 404 "), "{head}");
}

#[tokio::test]
async fn without_a_folder_there_are_no_files() {
    let server = TestServer::start().await.expect("a server");
    let (head, _) = http(&server, "GET /index.html", "").await;
    assert!(head.starts_with("HTTP/1.1 404 "), "{head}");
}

#[test]
fn a_folder_that_is_none_is_refused() {
    let folder = folder();
    let files = Some(folder.path().join("secret.txt"));
    let options = Options {
        files,
        ..Options::default()
    };
    assert!(TestServer::start_on_thread_with(options).is_err());
}
