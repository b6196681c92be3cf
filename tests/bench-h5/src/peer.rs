//! The peer: the echo and flood server of the native benchmarks, a process of its own.

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use anyhow::{Context as _, Result};
use serde::Deserialize;

/// Its first line.
#[derive(Debug, Deserialize)]
struct Ports {
    websocket: u16,
}

/// The process. It ends when its standard input does.
#[derive(Debug)]
pub(crate) struct Peer {
    child: Child,
    port: u16,
}

impl Peer {
    pub(crate) fn start(program: &Path) -> Result<Self> {
        let mut child = Command::new(program)
            .arg("server")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .with_context(|| format!("cannot start {}", program.display()))?;
        let output = child.stdout.take().context("the peer has no output")?;
        let mut line = String::new();
        BufReader::new(output).read_line(&mut line)?;
        let ports: Ports = serde_json::from_str(&line).context("the peer tells no port")?;
        let port = ports.websocket;
        Ok(Self { child, port })
    }

    pub(crate) fn url(&self, path: &str) -> String {
        format!("ws://127.0.0.1:{}/{path}", self.port)
    }
}

impl Drop for Peer {
    fn drop(&mut self) {
        drop(self.child.stdin.take());
        let _ = self.child.wait();
    }
}
