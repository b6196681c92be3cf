//! Which features select a platform, by the facade's manifest.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context as _, Result};
use taro_socket_report::{platform, platforms};

/// A family of targets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    Native,
    Wasm,
}

impl Target {
    pub fn name(self) -> &'static str {
        match self {
            Self::Native => "native",
            Self::Wasm => "wasm32",
        }
    }
}

/// The facade's features, and what each turns on.
#[derive(Debug)]
pub struct Facade {
    features: BTreeMap<String, Vec<String>>,
}

impl Facade {
    pub fn parse(manifest: &str) -> Result<Self> {
        let manifest: toml::Table = manifest.parse().context("the facade's Cargo.toml")?;
        let table = manifest.get("features").and_then(toml::Value::as_table);
        let turns_on = |value: &toml::Value| {
            let items = value
                .as_array()
                .into_iter()
                .flatten()
                .filter_map(toml::Value::as_str);
            items.map(ToOwned::to_owned).collect::<Vec<_>>()
        };
        let features = table
            .into_iter()
            .flatten()
            .map(|(name, value)| (name.clone(), turns_on(value)));
        Ok(Self {
            features: features.collect(),
        })
    }

    /// None, each alone, the default and all, with what to call them.
    pub fn combinations(&self) -> Vec<(String, Vec<String>)> {
        let names: Vec<_> = self
            .features
            .keys()
            .filter(|name| *name != "default")
            .cloned()
            .collect();
        let default = self.features.get("default").cloned().unwrap_or_default();
        let alone = names.iter().map(|name| (name.clone(), vec![name.clone()]));
        let mut combinations = vec![("none".to_owned(), vec![])];
        combinations.extend(alone);
        combinations.push(("default".to_owned(), default));
        combinations.push(("all".to_owned(), names));
        combinations
    }

    /// Each platform alone and all together, for targets that are not wasm.
    pub fn selections(&self) -> Vec<Vec<String>> {
        let names = self.backends(Target::Native);
        let mut selections: Vec<Vec<String>> =
            names.iter().map(|&name| vec![name.to_owned()]).collect();
        selections.push(names.into_iter().map(ToOwned::to_owned).collect());
        selections
    }

    /// Features that select a platform on this target.
    pub fn backends(&self, target: Target) -> Vec<&'static str> {
        let on_target = |key: &str| match key {
            "mock" => true,
            "native" => target == Target::Native,
            _ => target == Target::Wasm,
        };
        let there = platforms()
            .iter()
            .filter(|entry| self.features.contains_key(entry.key));
        there
            .map(|entry| entry.key)
            .filter(|key| on_target(key))
            .collect()
    }

    /// Whether a platform is selected with these features.
    pub fn selects(&self, target: Target, features: &[String]) -> bool {
        let mut on = BTreeSet::new();
        let mut open: Vec<&str> = features.iter().map(String::as_str).collect();
        while let Some(name) = open.pop() {
            if on.insert(name) {
                open.extend(
                    self.features
                        .get(name)
                        .into_iter()
                        .flatten()
                        .map(String::as_str),
                );
            }
        }
        let backends = self.backends(target);
        on.into_iter()
            .any(|name| platform(name).is_some() && backends.contains(&name))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn facade() -> Facade {
        Facade::parse(
            "[features]\ndefault = [\"native\", \"tls\"]\nnative = [\"dep:n\"]\nmock = []\nh5 = []\n\
             tls = [\"n?/tls\"]\nfull = [\"native\", \"tls\"]\n",
        )
        .unwrap()
    }

    fn selects(target: Target, features: &[&str]) -> bool {
        let features: Vec<_> = features.iter().map(|&name| name.to_owned()).collect();
        facade().selects(target, &features)
    }

    #[test]
    fn each_target_has_its_platforms() {
        assert_eq!(facade().backends(Target::Native), ["native", "mock"]);
        assert_eq!(facade().backends(Target::Wasm), ["h5", "mock"]);
        assert_eq!(facade().selections().len(), 3);
    }

    #[test]
    fn a_feature_selects_through_what_it_turns_on() {
        assert!(selects(Target::Native, &["full"]) && selects(Target::Native, &["mock"]));
        assert!(!selects(Target::Native, &["tls"]) && !selects(Target::Native, &["h5"]));
        assert!(!selects(Target::Wasm, &["full"]) && selects(Target::Wasm, &["full", "h5"]));
        assert!(!selects(Target::Native, &[]));
    }

    #[test]
    fn none_each_default_and_all_are_built() {
        assert_eq!(facade().combinations().len(), 1 + 5 + 1 + 1);
    }
}
