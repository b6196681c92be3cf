//! The project as it is, in the simulated hosts: it runs to its end whatever befalls it, and is never taken for a
//! device.
#![allow(clippy::unwrap_used, reason = "a panic fails the test")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use taro_socket_conformance::{CASES, Case, Outcome};
use taro_socket_host_device::{Address, Plan, Recorded, Session, device_platform, make, record};
use taro_socket_report::{Evidence, HostKind, Status, fingerprint, platform};
use tempfile::TempDir;
use tokio::process::Command;
use tokio::time::timeout;

/// What has not ended by then never will.
const PATIENCE: Duration = Duration::from_secs(60);

/// Held while a project is made: what one test has packed is there for the next.
static PACKING: Mutex<()> = Mutex::new(());

/// A few cases of every kind: arguments, an exchange, a failed connection, TLS, an end.
const CASES_RUN: [&str; 9] = [
    "arguments/url/other-scheme",
    "close/local/code-and-reason",
    "messages/binary",
    "network/refused",
    "network/untrusted-certificate",
    "open/tls",
    "send/order/10000",
    "terminal/drop/cause",
    "terminal/drop/reset",
];

/// A session with a project of its own.
struct Device {
    session: Session,
    key: &'static str,
    folder: TempDir,
}

fn cases() -> Vec<&'static Case> {
    let all = CASES_RUN
        .iter()
        .map(|id| CASES.iter().find(|case| case.id == *id));
    all.map(|case| *case.unwrap()).collect()
}

impl Device {
    /// The server is on a port of its own, and the project is made for it.
    fn new(key: &'static str) -> Self {
        let folder = TempDir::new().unwrap();
        let device = device_platform(key).unwrap();
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../..");
        let fingerprint = fingerprint(&root, &platform(key).unwrap().sources()).unwrap();
        let plan = Plan {
            platform: device,
            cases: cases(),
            seed: 1,
            fingerprint: fingerprint.clone(),
            secure: None,
        };
        let address = Address::new(Some("ws://127.0.0.1:0"), None).unwrap();
        let session = Session::start(plan, &address, folder.path().join("served")).unwrap();
        let project = folder.path().join("project");
        let held = PACKING.lock().unwrap_or_else(PoisonError::into_inner);
        make(device, None, &fingerprint, &session.control(), &project).unwrap();
        drop(held);
        Self {
            session,
            key,
            folder,
        }
    }

    fn project(&self) -> PathBuf {
        self.folder.path().join("project")
    }

    /// Runs the mini-program until it ends.
    async fn run(&self, options: &[&str]) -> String {
        let host = Path::new(env!("CARGO_MANIFEST_DIR")).join("../mini/host/start.js");
        let mut node = Command::new("node");
        node.arg(host)
            .args(["--platform", self.key, "--project"])
            .arg(self.project())
            .args(options)
            .env(
                "NODE_EXTRA_CA_CERTS",
                self.folder.path().join("served/authority.crt"),
            )
            .stderr(Stdio::piped())
            .kill_on_drop(true);
        let output = timeout(PATIENCE, node.output()).await.unwrap().unwrap();
        let said = String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned();
        assert!(output.status.success(), "{said}");
        said
    }

    /// What was posted, and what was told of it meanwhile.
    async fn evidence(&mut self) -> (Evidence, Vec<Outcome>) {
        let mut told = Vec::new();
        let evidence = self.session.evidence(|outcome| told.push(outcome.clone()));
        let evidence = timeout(PATIENCE, evidence).await.unwrap().unwrap();
        (evidence, told)
    }
}

#[track_caller]
fn all_passed(evidence: &Evidence) {
    let failed = evidence
        .outcomes()
        .iter()
        .filter(|case| case.status != Status::Passed);
    let failed: Vec<_> = failed.collect();
    assert!(failed.is_empty(), "{failed:?}");
    assert_eq!(evidence.outcomes().len(), CASES_RUN.len());
}

/// The project runs, and its evidence is of a simulated host, which is not recorded.
async fn runs(key: &'static str) {
    let mut device = Device::new(key);
    let said = device.run(&[]).await;
    assert!(said.contains("(simulated)"), "{said}");
    let (evidence, told) = device.evidence().await;
    all_passed(&evidence);
    assert_eq!(told.len(), CASES_RUN.len());
    assert_eq!(evidence.header().platform, key);
    assert_eq!(evidence.header().host, HostKind::Simulated);
    let results = device.folder.path().join("results");
    assert_eq!(record(&evidence, &results).unwrap(), Recorded::Simulated);
    assert!(!results.exists());
}

#[tokio::test]
async fn the_project_for_wechat_runs() {
    runs("weapp").await;
}

#[tokio::test]
async fn the_project_for_alipay_runs() {
    runs("alipay").await;
}

#[tokio::test]
async fn the_project_for_baidu_runs() {
    runs("swan").await;
}

#[tokio::test]
async fn an_app_that_was_killed_goes_on_where_it_was() {
    let mut device = Device::new("weapp");
    device.run(&["--kill-in", CASES_RUN[3]]).await;
    device.run(&[]).await;
    let (evidence, told) = device.evidence().await;
    all_passed(&evidence);
    let ids: Vec<_> = told.iter().map(|outcome| outcome.id.as_str()).collect();
    assert_eq!(ids, CASES_RUN, "each case has run once");
}

#[tokio::test]
async fn what_runs_while_the_app_leaves_the_screen_is_run_again() {
    let mut device = Device::new("weapp");
    device.run(&["--hide-in", CASES_RUN[5]]).await;
    let (evidence, told) = device.evidence().await;
    all_passed(&evidence);
    let at = |id| told.iter().position(|outcome| outcome.id == id).unwrap();
    assert!(at(CASES_RUN[5]) > at(CASES_RUN[7]), "{told:?}");
}

#[tokio::test]
async fn a_case_that_kills_the_app_each_time_has_failed() {
    let mut device = Device::new("weapp");
    for _ in 0..3 {
        device.run(&["--kill-in", CASES_RUN[3]]).await;
    }
    device.run(&[]).await;
    let (evidence, _) = device.evidence().await;
    let failed = evidence
        .outcomes()
        .iter()
        .filter(|case| case.status == Status::Failed);
    let failed: Vec<_> = failed.map(|case| case.id.as_str()).collect();
    assert_eq!(
        (failed, evidence.end().passed),
        (vec![CASES_RUN[3]], CASES_RUN.len() - 1)
    );
}

#[tokio::test]
async fn a_simulated_host_is_known_even_if_the_program_denies_it() {
    let mut device = Device::new("alipay");
    let about = device.project().join("lib/about.js");
    let text = fs::read_to_string(&about).unwrap();
    let lie = text.replace("simulated: isSimulated(info, api)", "simulated: false");
    assert_ne!(text, lie);
    fs::write(&about, lie).unwrap();
    let said = device.run(&[]).await;
    assert!(!said.contains("(simulated)"), "{said}");
    let (evidence, _) = device.evidence().await;
    all_passed(&evidence);
    assert_eq!(evidence.header().host, HostKind::Simulated);
}
