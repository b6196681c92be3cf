//! Results posted by browsers and hosts.

use std::time::Duration;

use crate::client::{STEP, server};
use crate::control::http;

#[tokio::test]
async fn posted_lines_gather_by_run() {
    let server = server().await;
    let waiting = server.results_with("h5 1", "\"end\"", STEP);
    let posting = async {
        for body in ["{\"case\":1}", "{\"end\":1}\n"] {
            let (head, _) = http(&server, "POST /control/results?run=h5%201", body).await;
            assert!(head.starts_with("HTTP/1.1 200 "), "{head}");
        }
    };
    let (text, ()) = tokio::join!(waiting, posting);
    let wanted = "{\"case\":1}\n{\"end\":1}\n";
    assert_eq!(text.as_deref(), Some(wanted));
    assert_eq!(server.results("h5 1").as_deref(), Some(wanted));
    let (_, body) = http(&server, "GET /control/results?run=h5%201", "").await;
    assert_eq!(body, wanted);
}

#[tokio::test]
async fn unknown_runs_and_oversized_bodies_are_refused() {
    let server = server().await;
    let (head, _) = http(&server, "GET /control/results?run=x", "").await;
    assert!(head.starts_with("HTTP/1.1 404 "));
    let (head, _) = http(&server, "POST /control/results", "a").await;
    assert!(head.starts_with("HTTP/1.1 400 "));
    let none = server
        .results_with("x", "y", Duration::from_millis(10))
        .await;
    assert_eq!(none, None);
}
