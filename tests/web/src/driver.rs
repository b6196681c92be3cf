//! A WebDriver server.

use std::fs::{self, File};
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use anyhow::{Context as _, bail};
use tempfile::TempDir;
use tokio::time::{Instant, sleep};

use crate::display::Display;
use crate::engine::Engine;
use crate::processes::Family;

/// Time in which a driver has to listen.
const READY: Duration = Duration::from_secs(30);
const BETWEEN_LOOKS: Duration = Duration::from_millis(20);
/// A window does not fill a screen of its own size on every engine.
const MARGIN: u32 = 200;

/// A driver that listens on a free loopback port. Dropping it ends it, its browsers and its display.
#[derive(Debug)]
pub(crate) struct Driver {
    engine: Engine,
    addr: SocketAddr,
    // In this order: a browser ends before its display, its files go last.
    process: Family,
    _display: Option<Display>,
    folder: TempDir,
}

impl Driver {
    /// `shown`: on a display, even if the engine does without one.
    pub(crate) async fn start(
        engine: Engine,
        (width, height): (u32, u32),
        shown: bool,
    ) -> anyhow::Result<Self> {
        let display = if shown || engine.needs_display() {
            Some(Display::start((width + MARGIN, height + MARGIN))?)
        } else {
            None
        };
        let folder = tempfile::Builder::new().prefix("web").tempdir()?;
        let addr = free_port()?;
        let mut command = command(engine, addr, folder.path())?;
        if let Some(display) = &display {
            command.env("DISPLAY", display.name());
        }
        let name = engine.driver();
        let process = Family::start(&mut command).with_context(|| {
            let name = name.display();
            format!("cannot start {name}, the driver of {engine}; see `cargo xtask setup`")
        })?;
        let mut driver = Self {
            engine,
            addr,
            process,
            _display: display,
            folder,
        };
        driver.ready().await?;
        Ok(driver)
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.addr)
    }

    /// What the driver and its browser have said so far, the end of it.
    pub(crate) fn said(&self) -> String {
        let text = fs::read(log(self.folder.path())).unwrap_or_default();
        let text = String::from_utf8_lossy(&text);
        let lines: Vec<_> = text.lines().collect();
        lines[lines.len().saturating_sub(20)..].join("\n")
    }

    async fn ready(&mut self) -> anyhow::Result<()> {
        let begin = Instant::now();
        while begin.elapsed() < READY {
            if let Some(status) = self.process.child().try_wait()? {
                let (engine, said) = (self.engine, self.said());
                bail!("the driver of {engine} ended at once ({status})\n{said}");
            }
            if std::net::TcpStream::connect(self.addr).is_ok() {
                return Ok(());
            }
            sleep(BETWEEN_LOOKS).await;
        }
        let (engine, said) = (self.engine, self.said());
        bail!("the driver of {engine} does not listen\n{said}")
    }
}

fn command(engine: Engine, addr: SocketAddr, folder: &Path) -> anyhow::Result<Command> {
    let mut command = Command::new(engine.driver());
    let port = addr.port().to_string();
    match engine {
        Engine::Chromium | Engine::WebKit => command.arg(format!("--port={port}")),
        // Port 0: any free one, so that sessions do not meet.
        Engine::Firefox => command.args(["--port", &port, "--websocket-port", "0"]),
    };
    let said = File::create(log(folder))?;
    command
        .env("TMPDIR", folder)
        .stdin(Stdio::null())
        .stdout(said.try_clone()?)
        .stderr(said);
    Ok(command)
}

fn log(folder: &Path) -> std::path::PathBuf {
    folder.join("driver.log")
}

/// No driver tells its port in the same way, so it is chosen here.
fn free_port() -> anyhow::Result<SocketAddr> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).context("no free port")?;
    Ok(listener.local_addr()?)
}
