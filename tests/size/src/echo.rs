//! Each client has to echo in Chromium what a server sends back.

use std::fs;
use std::path::Path;
use std::time::Duration;

use anyhow::{Context as _, Result, ensure};
use serde_json::{Value, json};
use taro_socket_test_server::{Behavior, Observation, Options, TestServer, Until};
use taro_socket_web::{Engine, Session};

use crate::clients::Client;
use crate::method::Method;
use crate::{Row, Table};

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
pub(crate) async fn check(tables: &[Table], out: &Path) -> Result<()> {
    fs::write(out.join("index.html"), PAGE)?;
    let options = Options {
        files: Some(out.to_owned()),
        ..Options::default()
    };
    let server = TestServer::start_on_thread_with(options)?;
    let session = Session::start(Engine::Chromium, (800, 600)).await?;
    let watched = async {
        for (method, (client, _)) in tables.iter().flat_map(of_method) {
            let name = format!("{}/{}", method.key(), client.name);
            let script = format!("{name}/{}", method.script());
            let echoed = echo(&script, client, &session, &server).await;
            echoed.with_context(|| name.clone())?;
            println!("{name} echoes in Chromium {}", session.version());
        }
        Ok(())
    };
    let outcome = watched.await;
    session.close().await?;
    outcome
}

fn of_method(table: &Table) -> impl Iterator<Item = (Method, &Row)> {
    table.rows.iter().map(|row| (table.method, row))
}

async fn echo(script: &str, of: &Client, session: &Session, server: &TestServer) -> Result<()> {
    let page = session.client();
    page.goto(&server.page_url("index.html")).await?;
    let module = server.page_url(script);
    let name = script.replace('/', "-");
    let url = server.ws_url(&Behavior::Echo, &name);
    let arguments: Vec<Value> = vec![json!(module), json!(url), json!(TEXT)];
    let answer = tokio::time::timeout(LIMIT, page.execute_async(SCRIPT, arguments));
    let answer = answer.await.context("no answer in time")??;
    ensure!(answer == json!(["answer", TEXT]), "{answer}");
    if of.name == "none" {
        return Ok(());
    }
    let seen = server.seen(&name, Until::Closed, LIMIT).await;
    ensure!(came_and_went(&seen), "the server saw {seen:?}");
    Ok(())
}

/// One text message and a closing handshake.
fn came_and_went(seen: &Observation) -> bool {
    seen.messages.len() == 1 && seen.close.is_some()
}
