//! Packs the fixture with the standard library built anew: all works as before, and panics say nothing.

use std::fs;

use crate::support::{fixture, here, node, packed};
use taro_socket_pack::{Packed, Target, pack};
use tempfile::TempDir;

fn rebuilt(target: Target, out: &TempDir) -> Packed {
    let mut options = fixture(target, out);
    options.rebuild_std = true;
    pack(&options).unwrap()
}

#[track_caller]
fn assert_passes(packed: &Packed, check: &str) {
    let folder = packed.folder.to_str().unwrap();
    let (passed, said) = node("host/run.js", &[folder, &packed.name, check]);
    assert!(passed, "{check}: {said}");
}

/// A file of the package whose name ends like this.
fn file(packed: &Packed, ending: &str) -> String {
    let mut files = packed.files.iter();
    let file = files.find(|file| file.name.ends_with(ending)).unwrap();
    let bytes = fs::read(packed.folder.join(&file.name)).unwrap();
    String::from_utf8_lossy(&bytes).into_owned()
}

/// What the fixture panics with.
const TEXT: &str = "a fault of the application";

#[test]
fn a_module_is_smaller_and_has_no_texts_of_panics() {
    let out = TempDir::new().unwrap();
    let (usual, small) = (packed(Target::Weapp), rebuilt(Target::Weapp, &out));
    assert_passes(&small, "wasm");
    let [before, after] = [usual, &small].map(|packed| file(packed, ".wasm"));
    assert!(before.contains(TEXT) && !after.contains(TEXT));
    let bytes = |packed: &Packed| packed.files[1].brotli;
    assert!(bytes(&small) < bytes(usual), "{small:?} {usual:?}");
    is_of_the_first_version_and_tells_nothing(&small, &after);
}

fn is_of_the_first_version_and_tells_nothing(packed: &Packed, text: &str) {
    let path = packed.folder.join(format!("{}.wasm", packed.name));
    taro_socket_web::check_lowered(&path).unwrap();
    let home = std::env::var("HOME").unwrap();
    for folder in [&*home, here().parent().unwrap().to_str().unwrap()] {
        assert!(!text.contains(&format!("{folder}/")), "{folder}");
    }
    // Where rustup keeps sources.
    assert!(!text.contains("/toolchains/"));
}

#[test]
fn plain_javascript_works_too() {
    let out = TempDir::new().unwrap();
    let packed = rebuilt(Target::Alipay, &out);
    assert_passes(&packed, "js");
    assert!(!file(&packed, ".js").contains(TEXT));
}
