//! kosoku as fuzzing server, on a free loopback port.

use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail};
use duct::Handle;

use super::sections::Sections;
use crate::commands::setup::kosoku;
use crate::process::Program;

/// Time in which the server has to listen, and later to write its reports.
const PATIENCE: Duration = Duration::from_secs(60);
const POLL: Duration = Duration::from_millis(100);

/// A running server; stopped when dropped.
pub struct FuzzingServer {
    process: Handle,
    port: u16,
    reports: PathBuf,
}

impl FuzzingServer {
    /// Starts the server and waits until it listens.
    pub fn start(reports: &Path, sections: &Sections) -> Result<Self> {
        let port = free_port()?;
        let includes = sections
            .patterns()
            .flat_map(|pattern| ["--include".to_owned(), pattern]);
        let program = Program::new(kosoku::program())
            .args(["--mode", "fuzzingserver", "--outdir"])
            .arg(reports)
            .args(includes)
            .arg(format!("{}:{port}", Ipv4Addr::LOCALHOST));
        println!("  $ {}", program.line());
        let log = reports.join("server.log");
        let quiet = program
            .expression()
            .stderr_to_stdout()
            .stdout_path(log)
            .stdin_null()
            .unchecked();
        let server = Self {
            process: quiet.start()?,
            port,
            reports: reports.to_owned(),
        };
        server.wait_until("listen", || {
            TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_ok()
        })?;
        Ok(server)
    }

    pub fn url(&self) -> String {
        format!("ws://{}:{}", Ipv4Addr::LOCALHOST, self.port)
    }

    /// Waits for the reports, which are written after the client has asked for them.
    pub fn reports_written(&self) -> Result<()> {
        let index = self.reports.join("index.json");
        self.wait_until("write its reports", || {
            let text = std::fs::read_to_string(&index).unwrap_or_default();
            serde_json::from_str::<serde_json::Value>(&text).is_ok()
        })
    }

    pub fn stop(&self) -> Result<()> {
        self.process
            .kill()
            .context("cannot stop the fuzzing server")
    }

    /// Another program's readiness can only be asked for again and again; between
    /// two questions this waits for its end, which kosoku chooses by itself once it
    /// has written its reports.
    fn wait_until(&self, what: &str, mut ready: impl FnMut() -> bool) -> Result<()> {
        let deadline = Instant::now() + PATIENCE;
        while !ready() {
            let ended = self.process.wait_timeout(POLL)?.is_some();
            if ended && !ready() {
                let log = self.reports.join("server.log");
                bail!(
                    "the fuzzing server ended before it could {what}, see {}",
                    log.display()
                );
            }
            if Instant::now() > deadline {
                bail!(
                    "the fuzzing server did not {what} within {} s",
                    PATIENCE.as_secs()
                );
            }
        }
        Ok(())
    }
}

impl Drop for FuzzingServer {
    fn drop(&mut self) {
        // Also after an error; a server that has ended already is no concern.
        let _ = self.process.kill();
    }
}

/// A port that was free a moment ago.
fn free_port() -> Result<u16> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
    Ok(listener.local_addr()?.port())
}
