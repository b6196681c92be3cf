//! One platform of the matrix: its evidence, and whether that is current.

use std::collections::BTreeMap;
use std::path::Path;
use std::{fs, io};

use anyhow::{Context as _, Result};
use taro_socket_report::{Evidence, PlatformEntry, platforms, read_evidence};

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
    /// What was recorded, also where it has expired.
    pub evidence: Option<Evidence>,
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
    let (currency, evidence) =
        match read_evidence(&root.join("tests/results").join(entry.evidence[0])) {
            Ok(evidence) if !exists => (Currency::Expired, Some(evidence)),
            Ok(evidence) => {
                let current = current_fingerprint(root, entry)? == evidence.header().fingerprint;
                let whole = evidence.is_whole_suite() && evidence.header().platform == entry.key;
                let currency = match (whole, current) {
                    (false, _) => {
                        Currency::Broken("it is not the whole suite of this platform".to_owned())
                    }
                    (true, true) => Currency::Current,
                    (true, false) => Currency::Expired,
                };
                (currency, Some(evidence))
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => (Currency::Missing, None),
            Err(error) => (Currency::Broken(error.to_string()), None),
        };
    Ok(Column {
        entry,
        exists,
        feature,
        currency,
        evidence,
    })
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
