//! The page in the browser.

use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail, ensure};
use serde_json::{Value, json};
use taro_socket_test_server::{Options, TestServer};
use taro_socket_web::{Engine, Session};
use tokio::time::{sleep, timeout};

use crate::renderer::MainThread;

/// Size of the browser's window.
pub(crate) const WINDOW: (u32, u32) = (900, 700);
const LOADED: Duration = Duration::from_secs(30);
const ENDED: Duration = Duration::from_secs(60);
const SCRIPT: &str = "
const [client, url, plan, fake, done] = arguments;
bench(client, url, plan, fake).then(done, (error) => done(String(error)));
";

/// One measurement.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Measured {
    /// From the first message sent to the last one received.
    pub(crate) wall: Duration,
    /// Of the page's main thread, connecting included.
    pub(crate) cpu: Duration,
}

/// The loaded page.
#[derive(Debug)]
pub(crate) struct Page {
    session: Session,
    thread: MainThread,
    _files: TestServer,
}

impl Page {
    pub(crate) async fn open(folder: &Path) -> Result<Self> {
        let session = Session::start(Engine::Chromium, WINDOW).await?;
        let files = load(&session, folder).await?;
        let thread = MainThread::find(&session).await?;
        Ok(Self {
            session,
            thread,
            _files: files,
        })
    }

    pub(crate) fn browser(&self) -> String {
        format!("Chromium {}", self.session.version())
    }

    /// Runs one exchange.
    pub(crate) async fn measure(
        &self,
        client: &str,
        url: Option<&str>,
        plan: Value,
    ) -> Result<Measured> {
        let arguments = vec![json!(client), json!(url), plan, json!(url.is_none())];
        let before = self.thread.time()?;
        let answer = self.session.client().execute_async(SCRIPT, arguments);
        let answer = timeout(ENDED, answer).await.context("no end in time")??;
        let cpu = self.thread.time()?.saturating_sub(before);
        ensure!(
            !cpu.is_zero(),
            "the page's main thread did nothing: another browser's was taken for it, close that one"
        );
        let Some(millis) = answer.as_f64() else {
            bail!("{answer}");
        };
        let wall = Duration::from_secs_f64(millis / 1e3);
        Ok(Measured { wall, cpu })
    }

    pub(crate) async fn close(self) -> Result<()> {
        self.session.close().await
    }
}

/// Serves the folder and loads its page.
pub(crate) async fn load(session: &Session, folder: &Path) -> Result<TestServer> {
    let files = TestServer::start_on_thread_with(Options {
        files: Some(folder.to_owned()),
        ..Options::default()
    })?;
    session.client().goto(&files.page_url("index.html")).await?;
    loaded(session).await?;
    Ok(files)
}

async fn loaded(session: &Session) -> Result<()> {
    let begin = Instant::now();
    let script = "return document.getElementById('state').textContent";
    while session.client().execute(script, Vec::new()).await? != json!("ready") {
        ensure!(begin.elapsed() < LOADED, "the page does not load");
        sleep(Duration::from_millis(50)).await;
    }
    Ok(())
}
