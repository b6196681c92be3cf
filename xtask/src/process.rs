//! Child processes.

use std::ffi::OsString;
use std::io::{BufRead as _, BufReader, IsTerminal as _};
use std::path::{Path, PathBuf};
use std::process::Output;
use std::sync::mpsc::{self, RecvTimeoutError};
use std::time::Duration;
use std::{env, io, thread};

use anyhow::{Result, bail};
use duct::Expression;

use crate::{programs, repository};

/// Variables that cargo sets for this program. A build script that watches them
/// would run again for each of cargo's callers.
const CARGO_OWN: &[&str] = &[
    "CARGO_BIN_",
    "CARGO_CRATE_",
    "CARGO_MANIFEST_",
    "CARGO_PKG_",
];

/// A command to run, by default in the workspace's folder.
#[derive(Clone, Debug)]
pub struct Program {
    name: OsString,
    args: Vec<OsString>,
    env: Vec<(String, OsString)>,
    limit: Option<Duration>,
    folder: Option<PathBuf>,
}

impl Program {
    pub fn new(name: impl Into<OsString>) -> Self {
        Self {
            name: name.into(),
            args: Vec::new(),
            env: Vec::new(),
            limit: None,
            folder: None,
        }
    }

    /// The cargo that runs this program.
    pub fn cargo() -> Self {
        Self::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
    }

    pub fn arg(mut self, arg: impl Into<OsString>) -> Self {
        self.args.push(arg.into());
        self
    }

    pub fn args<A: Into<OsString>>(mut self, args: impl IntoIterator<Item = A>) -> Self {
        self.args.extend(args.into_iter().map(Into::into));
        self
    }

    pub fn env(mut self, name: &str, value: impl Into<OsString>) -> Self {
        self.env.push((name.to_owned(), value.into()));
        self
    }

    /// The program is stopped when it has not ended by then.
    pub fn within(mut self, limit: Duration) -> Self {
        self.limit = Some(limit);
        self
    }

    /// In another folder than the workspace's.
    pub fn at(mut self, folder: impl Into<PathBuf>) -> Self {
        self.folder = Some(folder.into());
        self
    }

    /// The command as a line to show.
    pub fn line(&self) -> String {
        let name = Path::new(&self.name).file_name().unwrap_or(&self.name);
        let words = std::iter::once(name).chain(self.args.iter().map(OsString::as_os_str));
        words
            .map(|word| word.to_string_lossy())
            .collect::<Vec<_>>()
            .join(" ")
    }

    /// The command for use beyond what is here.
    pub fn expression(&self) -> Expression {
        let folder = self.folder.clone().unwrap_or_else(repository::root);
        let mut expression = duct::cmd(&self.name, &self.args).dir(folder);
        for (name, _) in env::vars_os() {
            let text = name.to_string_lossy();
            if CARGO_OWN.iter().any(|prefix| text.starts_with(prefix)) {
                expression = expression.env_remove(&name);
            }
        }
        if programs::are_built() {
            expression = expression.env(programs::BUILT, "1");
        }
        for (name, value) in &self.env {
            expression = expression.env(name, value);
        }
        expression
    }

    /// Runs it with its output on ours.
    pub fn run(&self) -> Result<()> {
        println!("  $ {}", self.line());
        let handle = self
            .expression()
            .unchecked()
            .start()
            .map_err(|error| self.not_started(error))?;
        let output = match self.limit {
            None => Some(handle.wait()?),
            Some(limit) => handle.wait_timeout(limit)?,
        };
        if output.is_none() {
            handle.kill()?;
        }
        self.judge(output)
    }

    /// Runs it without showing anything; whether it succeeded, and all it said.
    pub fn probe(&self) -> Result<(bool, String)> {
        let quiet = self
            .expression()
            .stderr_to_stdout()
            .stdin_null()
            .stdout_capture()
            .unchecked();
        let output = quiet.run().map_err(|error| self.not_started(error))?;
        Ok((
            output.status.success(),
            String::from_utf8_lossy(&output.stdout).into_owned(),
        ))
    }

    /// Runs it without showing anything unless it fails; what it said.
    pub fn read(&self) -> Result<String> {
        let (success, text) = self.probe()?;
        if !success {
            println!("{text}");
            bail!("`{}` failed", self.line());
        }
        Ok(text)
    }

    /// Runs it with its output on ours, and hands over each line of it.
    pub fn each_line(&self, mut line: impl FnMut(&str)) -> Result<()> {
        println!("  $ {}", self.line());
        let mut expression = self.expression();
        if io::stdout().is_terminal() {
            expression = expression.env("CARGO_TERM_COLOR", "always");
        }
        let reader = expression
            .unchecked()
            .reader()
            .map_err(|error| self.not_started(error))?;
        let late = thread::scope(|scope| {
            let (ended, watch) = mpsc::channel::<()>();
            let watcher = self.limit.map(|limit| {
                let reader = &reader;
                scope.spawn(move || {
                    // The other end goes when the output has ended.
                    let late = watch.recv_timeout(limit) == Err(RecvTimeoutError::Timeout);
                    late && reader.kill().is_ok()
                })
            });
            for text in BufReader::new(&reader).lines() {
                let text = text?;
                println!("{text}");
                line(&text);
            }
            drop(ended);
            anyhow::Ok(watcher.is_some_and(|watcher| watcher.join().unwrap_or(false)))
        })?;
        self.judge(if late { None } else { reader.try_wait()? })
    }

    /// The outcome of a program that ended, or had to be stopped.
    fn judge(&self, output: Option<&Output>) -> Result<()> {
        match output {
            Some(output) if output.status.success() => Ok(()),
            Some(_) => bail!("`{}` failed", self.line()),
            None => bail!("`{}` has not ended in time and was stopped", self.line()),
        }
    }

    fn not_started(&self, error: io::Error) -> anyhow::Error {
        anyhow::Error::new(error).context(format!("cannot start `{}`", self.line()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_handed_over_and_failure_is_told() {
        let mut lines = Vec::new();
        let script = Program::new("sh").args(["-c", "echo one; echo two"]);
        script
            .each_line(|line| lines.push(line.to_owned()))
            .unwrap();
        assert_eq!(lines, ["one", "two"]);
        assert!(Program::new("sh").args(["-c", "exit 3"]).run().is_err());
        assert!(Program::new("taro-socket-no-such-program").probe().is_err());
    }

    #[test]
    fn a_program_that_does_not_end_is_stopped() {
        let mut lines = Vec::new();
        let limit = Duration::from_millis(50);
        let endless = Program::new("sh")
            .args(["-c", "echo begun; exec sleep 600"])
            .within(limit);
        assert!(
            endless
                .each_line(|line| lines.push(line.to_owned()))
                .is_err()
        );
        assert!(endless.run().is_err());
    }
}
