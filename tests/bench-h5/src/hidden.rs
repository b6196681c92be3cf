//! Awaited sends of a page in front and of the same page behind another tab.

use std::path::Path;
use std::time::Duration;

use anyhow::{Context as _, Result, ensure};
use serde_json::json;
use taro_socket_web::Session;
use tokio::time::timeout;

use crate::page::{WINDOW, load};
use crate::statistics::Summary;

/// Of each send.
const BYTES: u32 = 256 * 1024;
/// Sends in one batch.
const CHUNKS: u32 = 16;
/// How many times as long as in front a send may take.
pub(crate) const MOST: f64 = 3.0;
/// A second for each send of a quick run, and time until timers are held back.
const ENDED: Duration = Duration::from_secs(150);
const SCRIPT: &str = "
const [hidden, bytes, chunks, batches, done] = arguments;
awaited(hidden, bytes, chunks, batches).then(done, (error) => done(String(error)));
";

/// Milliseconds for each send, by batch.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Hidden {
    pub(crate) front: Summary,
    pub(crate) hidden: Summary,
}

impl Hidden {
    /// Of the medians.
    pub(crate) fn ratio(&self) -> f64 {
        self.hidden.median / self.front.median
    }

    pub(crate) fn is_reached(&self) -> bool {
        self.ratio() <= MOST
    }

    /// # Errors
    /// When a send of a hidden page takes too long.
    pub(crate) fn check(&self) -> Result<()> {
        let ratio = self.ratio();
        ensure!(
            self.is_reached(),
            "an awaited send of a hidden page takes {ratio:.2} times as long as in front; at most {MOST} are right"
        );
        Ok(())
    }
}

/// In a Chromium of its own, which has a window and holds back timers of hidden pages.
pub(crate) async fn measure(folder: &Path, quick: bool) -> Result<Hidden> {
    println!("hidden (awaited sends of 256 KiB in front and in a hidden page)");
    let session = Session::start_shown(WINDOW).await?;
    let outcome = both(&session, folder, if quick { 5 } else { 15 }).await;
    session.close().await?;
    outcome
}

async fn both(session: &Session, folder: &Path, batches: u32) -> Result<Hidden> {
    let _files = load(session, folder).await?;
    let client = session.client();
    let front = awaited(session, false, batches).await?;
    // A tab that the driver opens stays behind, one that a page opens comes to front. Scripts go on in the page.
    let script = "open('about:blank', '', 'noopener')";
    client.execute(script, Vec::new()).await?;
    let hidden = awaited(session, true, batches).await?;
    Ok(Hidden { front, hidden })
}

async fn awaited(session: &Session, hidden: bool, batches: u32) -> Result<Summary> {
    let arguments = vec![json!(hidden), json!(BYTES), json!(CHUNKS), json!(batches)];
    let answer = session.client().execute_async(SCRIPT, arguments);
    let answer = timeout(ENDED, answer).await.context("no end in time")??;
    let times = answer.as_array().with_context(|| answer.to_string())?;
    let times = times.iter().filter_map(serde_json::Value::as_f64);
    Summary::of(times).context("no batch")
}
