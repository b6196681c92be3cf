//! A virtual X display.

use std::io::{BufRead as _, BufReader};
use std::process::{Command, Stdio};

use anyhow::{Context as _, ensure};

use crate::processes::Family;

/// An X server without a screen. Dropping it ends it.
#[derive(Debug)]
pub(crate) struct Display {
    name: String,
    _server: Family,
}

impl Display {
    /// Starts a server on a free number, with one screen of this size, and waits until it is ready.
    pub(crate) fn start((width, height): (u32, u32)) -> anyhow::Result<Self> {
        let mut command = Command::new("Xvfb");
        command
            // The server picks a free number and tells it when it is ready.
            .args(["-displayfd", "1", "-nolisten", "tcp"])
            // It ends with the browser, even when this program cannot end it.
            .args(["-terminate", "-screen", "0"])
            .arg(format!("{width}x{height}x24"))
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null());
        let mut server =
            Family::start(&mut command).context("cannot start Xvfb; see `cargo xtask setup`")?;
        let output = server.child().stdout.take().context("Xvfb has no output")?;
        let mut number = String::new();
        BufReader::new(output).read_line(&mut number)?;
        ensure!(!number.trim().is_empty(), "Xvfb found no display");
        Ok(Self {
            name: format!(":{}", number.trim()),
            _server: server,
        })
    }

    /// The value of `DISPLAY`.
    pub(crate) fn name(&self) -> &str {
        &self.name
    }
}
