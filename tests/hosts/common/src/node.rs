//! A simulated host: a program of Node.js.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use anyhow::{Context as _, Result, bail, ensure};
use serde_json::{Map, Value, json};
use taro_socket_conformance::{Outcome, runner::RunArgs};
use taro_socket_report::Evidence;
use tempfile::TempDir;
use tokio::process::Child;

use crate::{Page, Part, Peers, Progress, Suite};

/// A simulated host and the page in it.
#[derive(Debug)]
pub struct NodeHost<'a> {
    run: &'a RunArgs,
    label: String,
    place: String,
    scheme: &'static str,
    arguments: Vec<String>,
    versions: Map<String, Value>,
    folder: PathBuf,
    page: PathBuf,
    peers: Peers,
    scratch: TempDir,
}

impl<'a> NodeHost<'a> {
    /// The host whose `run.js` is in `folder`, with `page` in it and peers around it. `place` are its platform and
    /// what tells it from others of the platform.
    ///
    /// # Errors
    ///
    /// When something is not installed, or the page cannot be packed.
    pub fn new(
        run: &'a RunArgs,
        folder: PathBuf,
        page: &Page,
        place: (&str, [&str; 2]),
    ) -> Result<Self> {
        ensure!(
            ws().exists(),
            "the packages of the simulated hosts are missing: run `cargo xtask setup`"
        );
        let (platform, [variant, form]) = place;
        let scratch = tempfile::tempdir()?;
        let versions = [
            ("node", node_version()?),
            ("taro-socket", env!("CARGO_PKG_VERSION").to_owned()),
            ("ws", npm_version(&ws())?),
        ];
        Ok(Self {
            run,
            label: format!("{platform} {variant}, {form}"),
            place: format!("{platform} (simulated: {variant}, {form})"),
            scheme: "ws",
            arguments: Vec::new(),
            versions: versions
                .map(|(of, is)| (of.into(), is.into()))
                .into_iter()
                .collect(),
            page: page.make(&run.fingerprint, scratch.path())?,
            folder,
            peers: Peers::start(None)?,
            scratch,
        })
    }

    /// More arguments of `run.js`.
    #[must_use]
    pub fn args<'s>(mut self, arguments: impl IntoIterator<Item = &'s str>) -> Self {
        self.arguments
            .extend(arguments.into_iter().map(str::to_owned));
        self
    }

    /// Peers that nobody reaches have `wss` URLs, since the platform allows no other.
    #[must_use]
    pub fn secure_only(mut self) -> Self {
        self.scheme = "wss";
        self
    }

    /// What the evidence says of one more version.
    #[must_use]
    pub fn version(mut self, of: &str, is: &str) -> Self {
        self.versions.insert(of.to_owned(), is.into());
        self
    }

    /// Runs the cases asked for, prints a line for each, writes the evidence; whether none failed.
    ///
    /// # Errors
    ///
    /// When the host comes to no end, or posts no evidence.
    pub async fn suite(&self, judge: impl Fn(Outcome) -> Outcome) -> Result<bool> {
        let suite = Suite::new(self.run)?;
        let place = format!("on {}", self.place);
        let session = async |part: Part| self.session(part, &judge).await;
        suite.run(&place, &judge, session).await
    }

    /// Prints what many connections leave; whether that is nothing.
    ///
    /// # Errors
    ///
    /// When the host comes to no end, or posts no result.
    pub async fn soak(&self, cycles: usize) -> Result<bool> {
        let mut config = self.config("soak");
        config.insert("soak".into(), cycles.into());
        let ended = self.start("soak", &config, true)?.wait().await?;
        ensure!(ended.success(), "the host ended with {ended}");
        let result = self.peers.server.results("soak");
        let result = result.context("the host posted no result")?;
        println!("{}: {}", self.place, result.trim_end());
        Ok(result.starts_with("ok "))
    }

    async fn session(&self, part: Part, judge: &dyn Fn(Outcome) -> Outcome) -> Result<Evidence> {
        let mut config = self.config(part.name);
        let cases = part.cases.iter().map(|case| case.id).collect();
        config.insert("cases".into(), cases);
        config.insert("seed".into(), part.seed.into());
        let mut host = self.start(part.name, &config, part.trusting)?;
        let mut progress = Progress::new(part.name);
        loop {
            let ended = host.try_wait()?;
            progress.show(&self.peers.server, judge)?;
            if let Some(ended) = ended {
                ensure!(ended.success(), "the host ended with {ended}");
                let evidence = self.peers.server.results(part.name);
                return Ok(Evidence::parse(
                    &evidence.context("the host posted no evidence")?,
                )?);
            }
            if let Some(seconds) = progress.silence() {
                let at = part.cases.get(progress.shown());
                bail!("nothing came from the host for {seconds} s, at {at:?}");
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    }

    /// All but the cases.
    fn config(&self, run: &str) -> Map<String, Value> {
        let mut config = self.peers.config(self.scheme);
        let rest = json!({
            "connector": "taro-socket", "cases": [], "soak": 0, "seed": 0, "run": run,
            "simulated": true,
            "versions": self.versions,
            "host_name": self.label,
            "fingerprint": self.run.fingerprint,
        });
        config.extend(rest.as_object().cloned().unwrap_or_default());
        config
    }

    fn start(&self, run: &str, config: &Map<String, Value>, trusting: bool) -> Result<Child> {
        let file = self.scratch.path().join(format!("{run}.json"));
        fs::write(&file, serde_json::to_string(config)?)?;
        let mut command = tokio::process::Command::new("node");
        command
            .arg(self.folder.join("run.js"))
            .args(&self.arguments)
            .arg("--package")
            .arg(&self.page)
            .arg("--config")
            .arg(file)
            // A peer that never answers a close is not waited for long.
            .args(["--close-timeout", "500"])
            .kill_on_drop(true);
        if trusting {
            command.arg("--trust");
        }
        command.spawn().context("cannot start node")
    }
}

/// All simulated hosts are over the connection of the mini-programs'.
fn ws() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../mini/host/node_modules/ws")
}

fn node_version() -> Result<String> {
    let output = Command::new("node").arg("--version").output();
    let output = output.context("node is missing; see `cargo xtask setup`")?;
    Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// Version of the npm package in this folder.
///
/// # Errors
///
/// When it has no `package.json` with a version.
pub fn npm_version(folder: &Path) -> Result<String> {
    let path = folder.join("package.json");
    let text = fs::read_to_string(&path).with_context(|| path.display().to_string())?;
    let package: Value = serde_json::from_str(&text)?;
    let version = package.get("version").and_then(Value::as_str);
    Ok(version
        .with_context(|| format!("no version in {}", path.display()))?
        .to_owned())
}
