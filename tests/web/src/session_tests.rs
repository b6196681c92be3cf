//! Each engine loads a page, runs a script, and leaves no process behind.

use std::fs;
use std::process;
use std::time::Duration;

use serde_json::json;
use taro_socket_test_server::{Options, TestServer};
use tokio::sync::Mutex;
use tokio::time::{sleep, timeout};

use crate::processes::{all, descendants};
use crate::{Engine, Session};

const WINDOW: (u32, u32) = (900, 700);
const PAGE: &str = "<!doctype html><title>a</title><p>a page</p>";
const SCRIPT: &str = "return [navigator.userAgent, document.body.innerText.trim(), \
                      arguments[0] * 2, crossOriginIsolated];";

/// One session at a time, so that the processes of this program are those of the session.
static ALONE: Mutex<()> = Mutex::const_new(());

async fn visit(engine: Engine, agent: &str) -> anyhow::Result<()> {
    let _alone = ALONE.lock().await;
    let folder = tempfile::tempdir()?;
    fs::write(folder.path().join("index.html"), PAGE)?;
    let options = Options {
        files: Some(folder.path().to_owned()),
        ..Options::default()
    };
    let server = TestServer::start_with(options).await?;
    let session = Session::start(engine, WINDOW).await?;
    let client = session.client();
    client.goto(&server.page_url("")).await?;
    let answer = client.execute(SCRIPT, vec![json!(21)]).await?;
    let text = |at: usize| answer[at].as_str().unwrap_or_default();
    assert!(text(0).contains(agent), "{answer}");
    assert_eq!(text(1), "a page");
    assert_eq!(answer[2].as_i64(), Some(42));
    assert_eq!(answer[3].as_bool(), Some(true), "isolated");
    assert!(client.screenshot().await?.starts_with(b"\x89PNG"));
    assert!(!session.version().is_empty());
    let started = descendants(process::id());
    session.close().await?;
    gone(&started).await;
    Ok(())
}

async fn gone(started: &[u32]) {
    assert!(started.len() >= 2, "a driver and a browser: {started:?}");
    let all_gone = async {
        while all().any(|(id, _)| started.contains(&id)) {
            sleep(Duration::from_millis(10)).await;
        }
    };
    let all_gone = timeout(Duration::from_secs(10), all_gone).await;
    assert!(all_gone.is_ok(), "left over: {started:?}");
}

#[tokio::test]
async fn chromium() -> anyhow::Result<()> {
    visit(Engine::Chromium, "Chrome/").await
}

#[tokio::test]
async fn firefox() -> anyhow::Result<()> {
    visit(Engine::Firefox, "Firefox/").await
}

#[tokio::test]
async fn webkit() -> anyhow::Result<()> {
    visit(Engine::WebKit, "Version/").await
}

#[tokio::test]
async fn dropped_sessions_leave_nothing() -> anyhow::Result<()> {
    let _alone = ALONE.lock().await;
    for engine in Engine::ALL {
        let session = Session::start(engine, WINDOW).await?;
        let started = descendants(process::id());
        drop(session);
        gone(&started).await;
    }
    Ok(())
}
