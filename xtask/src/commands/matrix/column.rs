//! One platform of the matrix: its evidence, and whether that is current.

use std::collections::BTreeMap;
use std::path::Path;
use std::{fs, io};

use anyhow::{Context as _, Result};
use taro_socket_report::{
    Evidence, HostKind, Outcome, PlatformEntry, Status, platforms, read_evidence,
};

use crate::commands::conformance::current_fingerprint;

/// Whether evidence speaks for the sources as they are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Currency {
    /// It was made from these sources.
    Current,
    /// It was made from others.
    Expired,
    /// There is none.
    Missing,
    /// There is a file that is no evidence, and why.
    Broken(String),
}

/// A platform of the matrix.
#[derive(Clone, Debug)]
pub struct Column {
    pub entry: &'static PlatformEntry,
    /// Whether the adapter is there.
    pub exists: bool,
    /// The facade's feature that turns the adapter on, if there is one.
    pub feature: Option<String>,
    pub currency: Currency,
    /// What was recorded, also where it has expired: of devices, where they have run these sources, or else of
    /// what the platform's table lists.
    pub evidence: Option<Evidence>,
    /// Files of devices that do not count, and why not.
    pub idle: Vec<String>,
}

impl Column {
    /// The evidence, where it speaks for the sources as they are.
    pub fn current(&self) -> Option<&Evidence> {
        self.evidence
            .as_ref()
            .filter(|_| self.currency == Currency::Current)
    }
}

/// Every platform, in order.
pub fn all(root: &Path) -> Result<Vec<Column>> {
    let features = facade_features(&root.join("crates/taro-socket/Cargo.toml"))?;
    platforms()
        .iter()
        .map(|entry| column(root, entry, &features))
        .collect()
}

fn column(
    root: &Path,
    entry: &'static PlatformEntry,
    features: &BTreeMap<String, String>,
) -> Result<Column> {
    let exists = entry.exists(root);
    let feature = features.get(entry.adapter).cloned();
    let mut files = Vec::new();
    let mut currency = Currency::Current;
    for file in entry.evidence {
        let (own, evidence) = read(root, entry, file, entry.kind(), exists)?;
        // The worst of all files is that of the column.
        if own != Currency::Current && currency == Currency::Current {
            currency = own;
        }
        files.extend(evidence);
    }
    let (devices, idle) = devices(root, entry, exists)?;
    // A device outweighs whatever stands in for it.
    let evidence = merge(if devices.is_empty() { files } else { devices });
    Ok(Column {
        entry,
        exists,
        feature,
        currency,
        evidence,
        idle,
    })
}

/// Current evidence of devices, and what is said of the rest: nobody has every device.
fn devices(
    root: &Path,
    entry: &PlatformEntry,
    exists: bool,
) -> Result<(Vec<Evidence>, Vec<String>)> {
    let (mut current, mut idle) = (Vec::new(), Vec::new());
    for file in device_files(root, entry)? {
        match read(root, entry, &file, HostKind::Real, exists)? {
            (Currency::Current, Some(evidence)) => current.push(evidence),
            (Currency::Broken(why), _) => idle.push(format!("{file} does not count: {why}")),
            _ => idle.push(format!(
                "{file} has expired: run `cargo xtask host {}` on the device",
                entry.key
            )),
        }
    }
    Ok((current, idle))
}

/// Names of the evidence files of devices, sorted.
fn device_files(root: &Path, entry: &PlatformEntry) -> Result<Vec<String>> {
    let listed = match fs::read_dir(root.join("tests/results")) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        other => other?,
    };
    let mut files = Vec::new();
    for file in listed {
        let name = file?.file_name().to_string_lossy().into_owned();
        if entry.is_of_device(&name) {
            files.push(name);
        }
    }
    files.sort();
    Ok(files)
}

/// One evidence file, and whether it speaks for the sources as they are.
fn read(
    root: &Path,
    entry: &PlatformEntry,
    file: &str,
    kind: HostKind,
    exists: bool,
) -> Result<(Currency, Option<Evidence>)> {
    Ok(
        match read_evidence(&root.join("tests/results").join(file)) {
            Ok(evidence) if !exists => (Currency::Expired, Some(evidence)),
            Ok(evidence) => {
                let current = current_fingerprint(root, entry)? == evidence.header().fingerprint;
                let whole = evidence.is_whole_suite() && evidence.header().platform == entry.key;
                let broken = |why: &str| Currency::Broken(why.to_owned());
                let currency = match (whole, evidence.header().host == kind, current) {
                    (false, _, _) => broken("it is not the whole suite of this platform"),
                    (_, false, _) if kind == HostKind::Real => broken("it is of a simulated host"),
                    (_, false, _) => broken("it says that its host is real, which stands in"),
                    (_, _, true) => Currency::Current,
                    (_, _, false) => Currency::Expired,
                };
                (currency, Some(evidence))
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => (Currency::Missing, None),
            Err(error) => (Currency::Broken(error.to_string()), None),
        },
    )
}

/// The runs as one: a case has passed where it has passed in each, and has failed where it has failed in any.
fn merge(files: Vec<Evidence>) -> Option<Evidence> {
    let (first, others) = files.split_first()?;
    if others.is_empty() {
        return files.into_iter().next();
    }
    let mut header = first.header().clone();
    let names: Vec<_> = files
        .iter()
        .map(|run| run.header().host_name.clone())
        .collect();
    header.host_name = names.join(", ");
    for run in others {
        header.versions.extend(run.header().versions.clone());
        header
            .capabilities
            .retain(|name| run.header().capabilities.contains(name));
    }
    let mut cases: BTreeMap<String, (String, Outcome)> = BTreeMap::new();
    for run in &files {
        let host = &run.header().host_name;
        for case in run.outcomes() {
            let named = || (host.clone(), case.clone());
            let known = cases.entry(case.id.clone()).or_insert_with(named);
            if weight(case.status) > weight(known.1.status) {
                *known = named();
            }
        }
    }
    // What is so everywhere needs no name of a host.
    let everywhere = |case: &Outcome| {
        let same = |run: &Evidence| {
            run.outcomes()
                .iter()
                .any(|other| other.id == case.id && other.status == case.status)
        };
        files.iter().all(same)
    };
    let outcomes = cases.into_values().map(|(host, mut case)| {
        if case.status != Status::Passed && !everywhere(&case) {
            let detail = case.detail.take().unwrap_or_default();
            case.detail = Some(format!("{host}: {detail}"));
        }
        case
    });
    Some(Evidence::new(header, outcomes.collect()))
}

fn weight(status: Status) -> u8 {
    match status {
        Status::Passed => 0,
        Status::Unsupported => 1,
        Status::Failed => 2,
    }
}

/// Adapter to the facade's feature that turns it on.
fn facade_features(manifest: &Path) -> Result<BTreeMap<String, String>> {
    let text = match fs::read_to_string(manifest) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(BTreeMap::new()),
        other => other?,
    };
    let manifest: toml::Table = text.parse().context("crates/taro-socket/Cargo.toml")?;
    let features = manifest.get("features").and_then(toml::Value::as_table);
    let mut adapters = BTreeMap::new();
    for (feature, turns_on) in features.into_iter().flatten() {
        let turns_on = turns_on
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(toml::Value::as_str);
        for adapter in turns_on.filter_map(|item| item.strip_prefix("dep:")) {
            adapters.insert(adapter.to_owned(), feature.clone());
        }
    }
    Ok(adapters)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::commands::matrix::sample::{Case, evidence};

    #[test]
    fn the_worst_of_all_files_counts() {
        let case = |id, status| -> Case<'static> { (id, status, &[], &[]) };
        let run = |statuses: [Status; 3]| {
            let ids = ["a/1", "a/2", "a/3"];
            let cases: Vec<_> = ids
                .into_iter()
                .zip(statuses)
                .map(|(id, status)| case(id, status))
                .collect();
            evidence("h5", &cases)
        };
        use Status::{Failed, Passed, Unsupported};
        let merged = merge(vec![
            run([Passed, Unsupported, Failed]),
            run([Passed, Passed, Unsupported]),
            run([Passed, Unsupported, Passed]),
        ])
        .unwrap();
        let statuses: Vec<_> = merged.outcomes().iter().map(|case| case.status).collect();
        assert_eq!(statuses, [Passed, Unsupported, Failed]);
        assert!(
            merged.outcomes()[1]
                .detail
                .as_ref()
                .unwrap()
                .starts_with("test: ")
        );
        assert!(merge(Vec::new()).is_none());
    }
}
