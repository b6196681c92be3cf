//! What a device posts is recorded; here a made-up one, by hand.

use std::collections::BTreeMap;
use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::time::Duration;

use taro_socket_conformance::{CASES, Status};
use taro_socket_host_device::{Address, Plan, Recorded, Session, device_platform, record};
use taro_socket_report::{Evidence, FORMAT, HostKind, RunHeader, read_evidence};
use tempfile::TempDir;
use tokio::time::timeout;

const FINGERPRINT: &str = "11";

fn session(folder: &TempDir, cases: usize) -> Session {
    let plan = Plan {
        platform: device_platform("weapp").unwrap(),
        cases: CASES[..cases].to_vec(),
        seed: 1,
        fingerprint: FINGERPRINT.to_owned(),
        secure: None,
    };
    let address = Address::new(Some("ws://127.0.0.1:0"), None).unwrap();
    Session::start(plan, &address, folder.path().join("served")).unwrap()
}

/// The head of the answer to a request.
fn ask(session: &Session, request: &str) -> String {
    let control = session.control();
    let host = control.strip_prefix("http://").unwrap();
    let mut stream = TcpStream::connect(host).unwrap();
    stream
        .write_all(request.replace("HOST", host).as_bytes())
        .unwrap();
    let mut answer = [0; 1024];
    let length = stream.read(&mut answer).unwrap();
    String::from_utf8_lossy(&answer[..length]).into_owned()
}

fn post(session: &Session, run: &str, body: &str) {
    let length = body.len();
    let head = format!(
        "POST /control/results?run={run} HTTP/1.1\r\nHost: HOST\r\nContent-Length: {length}\r\n\r\n"
    );
    assert!(ask(session, &(head + body)).contains(" 200 "));
}

/// The handshake of a case's peer.
fn dial(session: &Session, header: &str) {
    let head = format!(
        "GET /echo?id=device-1-0 HTTP/1.1\r\nHost: HOST\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\
         Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n{header}\r\n"
    );
    assert!(ask(session, &head).contains(" 101 "));
}

fn header(fingerprint: &str) -> RunHeader {
    RunHeader {
        format: FORMAT,
        platform: "weapp".to_owned(),
        host: HostKind::Real,
        host_name: "Made-up Phone 1".to_owned(),
        versions: BTreeMap::new(),
        capabilities: Vec::new(),
        fingerprint: fingerprint.to_owned(),
        seed: 1,
        suite_cases: CASES.len(),
    }
}

/// Posts that all cases have passed, as a real device of these sources.
fn run(session: &Session, cases: usize, fingerprint: &str) {
    let outcomes = CASES[..cases]
        .iter()
        .map(|case| case.outcome(Status::Passed, None));
    let lines = outcomes.map(|outcome| serde_json::to_string(&outcome).unwrap() + "\n");
    post(session, "device-1-progress", &lines.collect::<String>());
    post(
        session,
        "device-1",
        &Evidence::new(header(fingerprint), Vec::new()).render(),
    );
}

async fn evidence(session: &mut Session) -> anyhow::Result<Evidence> {
    timeout(Duration::from_secs(10), session.evidence(|_| {}))
        .await
        .unwrap()
}

#[tokio::test]
async fn a_whole_run_on_a_device_is_recorded_under_its_name() {
    let folder = TempDir::new().unwrap();
    let mut session = session(&folder, CASES.len());
    dial(&session, "");
    run(&session, CASES.len(), FINGERPRINT);
    let evidence = evidence(&mut session).await.unwrap();
    assert_eq!(evidence.header().host, HostKind::Real);
    let path = folder.path().join("weapp-device-made-up-phone-1.jsonl");
    let recorded = record(&evidence, folder.path()).unwrap();
    assert_eq!(recorded, Recorded::As(path.clone()));
    assert_eq!(read_evidence(&path).unwrap(), evidence);
}

#[tokio::test]
async fn a_device_of_which_no_handshake_was_seen_is_none() {
    for simulated in [false, true] {
        let folder = TempDir::new().unwrap();
        let mut session = session(&folder, 2);
        if simulated {
            dial(&session, "X-Simulated-Host: taro-socket\r\n");
        }
        run(&session, 2, FINGERPRINT);
        let evidence = evidence(&mut session).await.unwrap();
        assert_eq!(evidence.header().host, HostKind::Simulated);
    }
}

#[tokio::test]
async fn a_part_of_the_suite_is_not_recorded() {
    let folder = TempDir::new().unwrap();
    let mut session = session(&folder, 2);
    dial(&session, "");
    run(&session, 2, FINGERPRINT);
    let evidence = evidence(&mut session).await.unwrap();
    assert_eq!(record(&evidence, folder.path()).unwrap(), Recorded::Part);
}

#[tokio::test]
async fn a_project_of_other_sources_is_refused() {
    let folder = TempDir::new().unwrap();
    let mut session = session(&folder, 2);
    run(&session, 2, "22");
    let error = evidence(&mut session).await.unwrap_err();
    assert!(error.to_string().contains("other sources"), "{error}");
}
