//! A project of its own for each test, and the simulated host that it runs in.

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

/// A few cases of every kind: arguments, an exchange, a failed connection, TLS, an end.
pub(crate) const CASES_RUN: [&str; 9] = [
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
pub(crate) struct Device {
    session: Session,
    /// The host's program and its arguments.
    host: Vec<&'static str>,
    folder: TempDir,
}

fn cases() -> Vec<&'static Case> {
    let all = CASES_RUN
        .iter()
        .map(|id| CASES.iter().find(|case| case.id == *id));
    all.map(|case| *case.unwrap()).collect()
}

impl Device {
    /// The server is on a port of its own, and the project is made for it. `host` is a program below this package,
    /// and its arguments.
    pub(crate) fn new(key: &str, host: &[&'static str]) -> Self {
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
        let held = packing(key).lock().unwrap_or_else(PoisonError::into_inner);
        make(device, None, &fingerprint, &session.control(), &project).unwrap();
        drop(held);
        Self {
            session,
            host: host.to_vec(),
            folder,
        }
    }

    pub(crate) fn project(&self) -> PathBuf {
        self.folder.path().join("project")
    }

    /// Runs the program until it ends.
    pub(crate) async fn run(&self, options: &[&str]) -> String {
        let mut node = Command::new("node");
        node.current_dir(env!("CARGO_MANIFEST_DIR"))
            .args(&self.host)
            .arg("--project")
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
    pub(crate) async fn evidence(&mut self) -> (Evidence, Vec<Outcome>) {
        let mut told = Vec::new();
        let evidence = self.session.evidence(|outcome| told.push(outcome.clone()));
        let evidence = timeout(PATIENCE, evidence).await.unwrap().unwrap();
        (evidence, told)
    }
}

/// Held while a project for the platform is made: what one test has packed is there for the next.
fn packing(key: &str) -> &'static Mutex<()> {
    static PACKING: [(&str, Mutex<()>); 4] = [
        ("weapp", Mutex::new(())),
        ("alipay", Mutex::new(())),
        ("swan", Mutex::new(())),
        ("rn", Mutex::new(())),
    ];
    let mut known = PACKING.iter();
    &known.find(|(name, _)| *name == key).unwrap().1
}

#[track_caller]
pub(crate) fn all_passed(evidence: &Evidence) {
    let failed = evidence
        .outcomes()
        .iter()
        .filter(|case| case.status != Status::Passed);
    let failed: Vec<_> = failed.collect();
    assert!(failed.is_empty(), "{failed:?}");
    assert_eq!(evidence.outcomes().len(), CASES_RUN.len());
}

/// The project runs, and its evidence is of a simulated host, which is not recorded.
pub(crate) async fn runs(key: &str, host: &[&'static str]) {
    let mut device = Device::new(key, host);
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

/// The project says that it is on a device, in place of what it finds by `question`; its handshakes tell.
pub(crate) async fn denies(key: &str, host: &[&'static str], question: &str) {
    let mut device = Device::new(key, host);
    let about = device.project().join("lib/about.js");
    let text = fs::read_to_string(&about).unwrap();
    let lie = text.replace(&format!("simulated: {question}"), "simulated: false");
    assert_ne!(text, lie);
    fs::write(&about, lie).unwrap();
    let said = device.run(&[]).await;
    assert!(!said.contains("(simulated)"), "{said}");
    let (evidence, _) = device.evidence().await;
    all_passed(&evidence);
    assert_eq!(evidence.header().host, HostKind::Simulated);
}
