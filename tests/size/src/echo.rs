//! Each client has to echo in Chromium what a server sends back.

use std::fs;
use std::path::Path;
use std::time::Duration;

use anyhow::{Context as _, Result, ensure};
use serde_json::{Value, json};
use taro_socket_test_server::{Behavior, Observation, Options, TestServer, Until};
use taro_socket_web::{Engine, Session};

use crate::Row;

const PAGE: &str = "<!doctype html><meta charset=\"utf-8\"><title>echo</title>";
const TEXT: &str = "Grüße, 世界";
const LIMIT: Duration = Duration::from_secs(20);

/// A client answers through the function that it is given, or through a promise.
const SCRIPT: &str = r"
const [module, url, text, done] = arguments;
const given = (value) => { if (value !== undefined) done(['answer', value]); };
import(module)
    .then(async (client) => { await client.default(); given(await client.echo(url, text, given)); })
    .catch((error) => done(['error', String(error)]));
";

/// Loads each client as it was weighed; the first that does not echo is an error.
pub(crate) async fn check(rows: &[Row], out: &Path) -> Result<()> {
    fs::write(out.join("index.html"), PAGE)?;
    let options = Options {
        files: Some(out.to_owned()),
        ..Options::default()
    };
    let server = TestServer::start_on_thread_with(options)?;
    let session = Session::start(Engine::Chromium, (800, 600)).await?;
    let watched = async {
        for (client, _) in rows {
            let name = client.name;
            echo(name, &session, &server).await.context(name)?;
            println!("{name} echoes in Chromium {}", session.version());
        }
        Ok(())
    };
    let outcome = watched.await;
    session.close().await?;
    outcome
}

async fn echo(name: &str, session: &Session, server: &TestServer) -> Result<()> {
    let client = session.client();
    client.goto(&server.page_url("index.html")).await?;
    let module = server.page_url(&format!("{name}/client.js"));
    let url = server.ws_url(&Behavior::Echo, name);
    let arguments: Vec<Value> = vec![json!(module), json!(url), json!(TEXT)];
    let answer = tokio::time::timeout(LIMIT, client.execute_async(SCRIPT, arguments));
    let answer = answer.await.context("no answer in time")??;
    ensure!(answer == json!(["answer", TEXT]), "{answer}");
    if name == "none" {
        return Ok(());
    }
    let seen = server.seen(name, Until::Closed, LIMIT).await;
    ensure!(came_and_went(&seen), "the server saw {seen:?}");
    Ok(())
}

/// One text message and a closing handshake.
fn came_and_went(seen: &Observation) -> bool {
    seen.messages.len() == 1 && seen.close.is_some()
}
