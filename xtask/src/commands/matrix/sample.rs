//! Evidence and repositories for tests.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use taro_socket_report::{
    Evidence, FORMAT, HostKind, Outcome, RunHeader, Status, device_file, fingerprint, platform,
    write_evidence,
};

use super::column::{Column, Currency};

/// Identifier, status, names covered, capabilities required.
pub type Case<'a> = (&'a str, Status, &'a [&'a str], &'a [&'a str]);

/// Evidence with `PlainWs` declared, of the kind that the platform's table lists.
pub fn evidence(key: &str, cases: &[Case<'_>]) -> Evidence {
    let texts = |names: &[&str]| names.iter().map(|&name| name.to_owned()).collect();
    let outcomes = cases.iter().map(|&(id, status, covers, requires)| Outcome {
        id: id.to_owned(),
        area: id.split('/').next().unwrap_or_default().to_owned(),
        spec: "RFC 6455".to_owned(),
        requires: texts(requires),
        covers: texts(covers),
        status,
        detail: None,
    });
    let header = RunHeader {
        format: FORMAT,
        platform: key.to_owned(),
        host: platform(key).expect("a platform of the table").kind(),
        host_name: "test".to_owned(),
        versions: BTreeMap::new(),
        capabilities: texts(&["PlainWs"]),
        fingerprint: String::new(),
        seed: 1,
        suite_cases: cases.len(),
    };
    Evidence::new(header, outcomes.collect())
}

/// A platform with current evidence.
pub fn column(key: &str, cases: &[Case<'_>]) -> Column {
    let evidence = Some(evidence(key, cases));
    Column {
        exists: true,
        currency: Currency::Current,
        evidence,
        ..empty_column(key)
    }
}

/// A platform without adapter.
pub fn empty_column(key: &str) -> Column {
    let entry = platform(key).expect("a platform of the table");
    Column {
        entry,
        exists: false,
        feature: None,
        currency: Currency::Missing,
        evidence: None,
        idle: Vec::new(),
    }
}

/// Makes every folder that the platform's fingerprint is taken over.
pub fn adapter(root: &Path, key: &str) {
    for folder in platform(key).expect("a platform of the table").sources() {
        let folder = root.join(folder);
        fs::create_dir_all(folder.join("src")).expect("a writable folder");
        fs::write(folder.join("Cargo.toml"), "[dependencies]\n").expect("a writable folder");
    }
}

/// Records a run for each listed file, made from the sources as they are.
pub fn record(root: &Path, key: &str) {
    let entry = platform(key).expect("a platform of the table");
    for file in entry.evidence {
        write(root, key, file, entry.kind());
    }
}

/// As [`record`], under the name of a device.
pub fn record_device(root: &Path, key: &str, device: &str, kind: HostKind) {
    write(root, key, &device_file(key, device), kind);
}

fn write(root: &Path, key: &str, file: &str, kind: HostKind) {
    let entry = platform(key).expect("a platform of the table");
    let sample = evidence(key, &[("a/1", Status::Passed, &["SocketTask.send"], &[])]);
    let mut header = sample.header().clone();
    header.host = kind;
    header.fingerprint = fingerprint(root, &entry.sources()).expect("sources that parse");
    let current = Evidence::new(header, sample.outcomes().to_vec());
    write_evidence(&root.join("tests/results").join(file), &current).expect("a writable folder");
}
