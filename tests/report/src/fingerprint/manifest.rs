//! The part of a manifest that decides what is built.

use std::path::Path;
use std::{fs, io};

use toml::{Table, Value};

/// Tables that count; `dev-dependencies` are no part of a platform's build.
const COUNTED: &[&str] = &["dependencies", "build-dependencies", "features"];

/// `[workspace.dependencies]` of the root manifest.
#[derive(Default)]
pub(super) struct WorkspaceDependencies(Table);

impl WorkspaceDependencies {
    /// Reads the root manifest; a missing one has no dependencies.
    pub(super) fn read(path: &Path) -> io::Result<Self> {
        let text = match fs::read_to_string(path) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Self::default()),
            Err(error) => return Err(error),
        };
        let table = parse(&text)?;
        let found = table
            .get("workspace")
            .and_then(|value| value.get("dependencies"));
        Ok(Self(
            found.and_then(Value::as_table).cloned().unwrap_or_default(),
        ))
    }

    /// The dependency with what it inherits from the workspace filled in.
    fn resolve(&self, name: &str, dependency: &Value) -> Table {
        let mut own = as_table(dependency);
        if own.remove("workspace").is_none() {
            return own;
        }
        let mut whole = self.0.get(name).map(as_table).unwrap_or_default();
        for (key, value) in own {
            match (whole.get_mut(&key), value) {
                // Cargo adds the features of a member to those of the workspace.
                (Some(Value::Array(features)), Value::Array(more)) => features.extend(more),
                (_, value) => drop(whole.insert(key, value)),
            }
        }
        whole
    }
}

/// The counted tables as text in one order.
pub(super) fn normalise(text: &str, workspace: &WorkspaceDependencies) -> io::Result<Vec<u8>> {
    let manifest = parse(text)?;
    let mut counted = counted_tables(&manifest, workspace);
    for (target, table) in tables(manifest.get("target")) {
        for (name, table) in counted_tables(table, workspace) {
            counted.insert(format!("{target}/{name}"), table);
        }
    }
    let mut value = Value::Table(counted);
    sort_arrays(&mut value);
    serde_json::to_vec(&value).map_err(io::Error::from)
}

fn counted_tables(manifest: &Table, workspace: &WorkspaceDependencies) -> Table {
    let mut counted = Table::new();
    for &name in COUNTED {
        let Some(table) = manifest.get(name).and_then(Value::as_table) else {
            continue;
        };
        let resolved = table.iter().map(|(key, value)| {
            let value = match name {
                "features" => value.clone(),
                _ => Value::Table(workspace.resolve(key, value)),
            };
            (key.clone(), value)
        });
        counted.insert(name.to_owned(), Value::Table(resolved.collect()));
    }
    counted
}

/// A dependency given as a bare version is the table with that version.
fn as_table(dependency: &Value) -> Table {
    match dependency {
        Value::Table(table) => table.clone(),
        version => Table::from_iter([("version".to_owned(), version.clone())]),
    }
}

fn tables(value: Option<&Value>) -> impl Iterator<Item = (&String, &Table)> {
    let table = value.and_then(Value::as_table).into_iter().flatten();
    table.filter_map(|(key, value)| Some((key, value.as_table()?)))
}

/// Arrays of a counted table are sets: features, and what a feature turns on.
fn sort_arrays(value: &mut Value) {
    match value {
        Value::Array(items) => {
            items.sort_by_key(ToString::to_string);
            items.dedup();
        }
        Value::Table(table) => table.iter_mut().for_each(|(_, value)| sort_arrays(value)),
        _ => {}
    }
}

fn parse(text: &str) -> io::Result<Table> {
    text.parse()
        .map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error))
}
