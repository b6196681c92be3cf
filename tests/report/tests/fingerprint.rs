//! What expires evidence and what does not.
#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot set up its files fails"
)]

use std::fs;
use std::path::{Path, PathBuf};

use taro_socket_report::{fingerprint, platforms};
use tempfile::TempDir;

/// A workspace of one crate, made for one test.
struct Sources {
    folder: TempDir,
}

impl Sources {
    fn new() -> Self {
        let sources = Self {
            folder: TempDir::new().unwrap(),
        };
        sources.write("Cargo.toml", "[workspace.dependencies]\nbytes = \"1.0\"\n");
        sources.write(
            "a/Cargo.toml",
            "[dependencies]\nbytes.workspace = true\nfutures = \"0.3\"\n",
        );
        sources.write("a/src/lib.rs", "//! A crate.\nfn f() -> u8 { 1 }\n");
        sources
    }

    fn root(&self) -> &Path {
        self.folder.path()
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.root().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn fingerprint(&self) -> String {
        fingerprint(self.root(), &[PathBuf::from("a")]).unwrap()
    }

    /// The fingerprint before and after `path` holds `text`.
    fn around(path: &str, text: &str) -> (String, String) {
        let sources = Self::new();
        let before = sources.fingerprint();
        sources.write(path, text);
        (before, sources.fingerprint())
    }
}

#[track_caller]
fn keeps(path: &str, text: &str) {
    let (before, after) = Sources::around(path, text);
    assert_eq!(before, after);
}

#[track_caller]
fn expires(path: &str, text: &str) {
    let (before, after) = Sources::around(path, text);
    assert_ne!(before, after);
}

#[test]
fn the_fingerprint_does_not_depend_on_the_place() {
    assert_eq!(Sources::new().fingerprint(), Sources::new().fingerprint());
    assert_eq!(Sources::new().fingerprint().len(), 64);
}

#[test]
fn comments_and_format_keep_it() {
    keeps(
        "a/src/lib.rs",
        "//! Other words.\n// note\nfn f()\n    -> u8 {\n    1\n}\n",
    );
}

#[test]
fn code_expires_it() {
    expires("a/src/lib.rs", "//! A crate.\nfn f() -> u8 { 2 }\n");
}

#[test]
fn a_new_file_expires_it() {
    expires("a/src/g.rs", "//! New.\n");
    expires("a/host.js", "start();\n");
}

#[test]
fn a_moved_file_expires_it() {
    let sources = Sources::new();
    let before = sources.fingerprint();
    fs::rename(
        sources.root().join("a/src/lib.rs"),
        sources.root().join("a/src/main.rs"),
    )
    .unwrap();
    assert_ne!(before, sources.fingerprint());
}

#[test]
fn dependencies_expire_it() {
    expires(
        "a/Cargo.toml",
        "[dependencies]\nbytes.workspace = true\nfutures = \"0.4\"\n",
    );
    expires("Cargo.toml", "[workspace.dependencies]\nbytes = \"1.1\"\n");
    expires(
        "a/Cargo.toml",
        "[target.'cfg(unix)'.dependencies]\nbytes.workspace = true\n[dependencies]\nfutures = \"0.3\"\n",
    );
    expires(
        "a/Cargo.toml",
        "[dependencies]\nbytes.workspace = true\nfutures = { version = \"0.3\", features = [\"std\"] }\n",
    );
}

#[test]
fn the_rest_of_a_manifest_keeps_it() {
    keeps(
        "a/Cargo.toml",
        "[package]\ndescription = \"x\"\n[dependencies] # note\nfutures = { version = \"0.3\" }\n\
         bytes = { workspace = true }\n[dev-dependencies]\nproptest = \"1\"\n",
    );
    keeps(
        "Cargo.toml",
        "[workspace.dependencies]\nbytes = \"1.0\"\nother = \"2\"\n",
    );
}

#[test]
fn what_the_build_leaves_out_keeps_it() {
    keeps("a/tests/unit.rs", "//! A test.\n");
    keeps("a/target/debug/gen.rs", "//! Built.\n");
    keeps("a/README.md", "words\n");
}

#[test]
fn what_is_missing_or_broken_is_named() {
    let sources = Sources::new();
    let error = fingerprint(sources.root(), &[PathBuf::from("absent")]).unwrap_err();
    assert!(error.to_string().contains("absent"), "{error}");
    sources.write("a/src/broken.rs", "fn f( {");
    let error = fingerprint(sources.root(), &[PathBuf::from("a")]).unwrap_err();
    assert!(error.to_string().contains("broken.rs"), "{error}");
}

#[test]
fn every_platform_counts_its_adapter_and_its_host() {
    for entry in platforms() {
        let sources = entry.sources();
        assert!(sources.contains(&PathBuf::from(format!("crates/{}", entry.adapter))));
        assert!(sources.contains(&PathBuf::from(format!("tests/hosts/{}", entry.host))));
        assert!(sources.contains(&PathBuf::from("tests/conformance")));
    }
}
