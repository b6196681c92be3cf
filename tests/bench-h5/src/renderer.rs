//! CPU time of the page's main thread, as the kernel counts it.

use std::fs;
use std::path::PathBuf;
use std::time::Duration;

use anyhow::{Context as _, Result, bail};
use taro_socket_web::Session;

/// Keeps the page's main thread busy.
const SPIN: &str = "const end = performance.now() + 200; while (performance.now() < end);";
const SPUN: Duration = Duration::from_millis(100);
const ROUNDS: usize = 50;

/// The page's main thread: of `/proc/<id>/task/<id>/schedstat` the first number is its time on a CPU, in
/// nanoseconds.
#[derive(Debug)]
pub(crate) struct MainThread {
    file: PathBuf,
}

impl MainThread {
    /// The renderer whose main thread works when the page does. On a busy machine the page may get too little of
    /// it to tell, so the page works until it can be told, within bounds.
    pub(crate) async fn find(session: &Session) -> Result<Self> {
        for _ in 0..ROUNDS {
            let (spent, thread) = Self::busiest(session).await?;
            if spent > SPUN {
                return Ok(thread);
            }
        }
        bail!("no renderer worked when the page did")
    }

    /// The renderer that works most while the page does, and how long it did.
    async fn busiest(session: &Session) -> Result<(Duration, Self)> {
        let threads: Vec<_> = renderers().map(|file| Self { file }).collect();
        let before: Vec<_> = threads.iter().map(|thread| thread.time().ok()).collect();
        session.client().execute(SPIN, Vec::new()).await?;
        let spent = threads
            .into_iter()
            .zip(before)
            .filter_map(|(thread, before)| {
                let spent = thread.time().ok()?.checked_sub(before?)?;
                Some((spent, thread))
            });
        let most = spent.max_by_key(|(spent, _)| *spent);
        most.context("no renderer runs")
    }

    /// Its time on a CPU so far.
    pub(crate) fn time(&self) -> Result<Duration> {
        let text = fs::read_to_string(&self.file).context("the renderer is gone")?;
        let nanos = text.split_whitespace().next().context("no time")?.parse()?;
        Ok(Duration::from_nanos(nanos))
    }
}

/// Of every process that says that it is a renderer; others' pages do not work when this one does.
fn renderers() -> impl Iterator<Item = PathBuf> {
    let entries = fs::read_dir("/proc").into_iter().flatten().flatten();
    entries.filter_map(|entry| {
        let line = fs::read(entry.path().join("cmdline")).ok()?;
        let is_renderer = String::from_utf8_lossy(&line).contains("--type=renderer");
        let id = entry.file_name();
        is_renderer.then(|| entry.path().join("task").join(id).join("schedstat"))
    })
}
