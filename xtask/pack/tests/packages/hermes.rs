//! Packs for React Native, and runs that in its engine.
//!
//! The virtual machine is Hermes 0.12.0, the last that npm has; of today's Hermes it has the compiler.

use std::fs;

use crate::support::{self, fixture, node, template};
use taro_socket_pack::{Packed, Target, pack};
use tempfile::TempDir;

fn packed() -> &'static Packed {
    support::packed(Target::Rn)
}

/// Whether the package passes this check of `run.js`.
fn passes(packed: &Packed, check: &str) -> (bool, String) {
    node("hermes/run.js", &[packed.folder.to_str().unwrap(), check])
}

#[track_caller]
fn assert_passes(packed: &Packed, check: &str) {
    let (passed, said) = passes(packed, check);
    assert!(passed, "{check}: {said}");
}

#[test]
fn a_package_is_what_metro_takes() {
    let packed = packed();
    let names: Vec<_> = packed.files.iter().map(|file| file.name.as_str()).collect();
    assert_eq!(names, ["index.js", "index.d.ts", "package.json"]);
    let manifest = fs::read_to_string(packed.folder.join("package.json")).unwrap();
    let manifest: serde_json::Value = serde_json::from_str(&manifest).unwrap();
    for (field, value) in [
        ("main", "index.js"),
        ("react-native", "index.js"),
        ("types", "index.d.ts"),
    ] {
        assert_eq!(manifest[field], value);
    }
}

#[test]
fn texts_closures_promises_and_classes_work_in_hermes() {
    assert_passes(packed(), "fixture");
}

/// The socket is a script's: the engine's shell has no network.
#[test]
fn a_connection_keeps_its_states_in_hermes() {
    let packed = template(Target::Rn);
    assert_passes(packed, "states");
    assert_passes(packed, "compiles");
}

#[test]
fn the_compiler_of_today_takes_the_package_without_babel() {
    assert_passes(packed(), "compiles");
}

/// What shows that the engine is one without classes.
#[test]
fn hermes_needs_the_classes_replaced() {
    let (passed, said) = passes(support::packed(Target::Alipay), "fixture");
    let refused = said.contains("error: invalid statement encountered");
    assert!(!passed && refused, "{said}");
}

/// What shows that the check sees a memory that moved.
#[test]
fn a_memory_that_grows_in_hermes_needs_the_changes_of_the_glue() {
    let out = TempDir::new().unwrap();
    let mut options = fixture(Target::Rn, &out);
    options.debug = true;
    let packed = pack(&options).unwrap();
    assert_passes(&packed, "patched");
    let (passed, said) = passes(&packed, "unpatched");
    let refused = said.contains("the large text is another one");
    assert!(!passed && refused, "{said}");
}
