//! Packs the template's crate, and runs the mini-programs over it in the simulated hosts.
#![allow(clippy::unwrap_used, reason = "a panic fails the test")]

use std::fs;
use std::path::Path;
use std::process::Command;

use taro_socket_pack::{Options, Target, pack};
use tempfile::TempDir;

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

/// The template works with what is packed into this folder of it.
#[track_caller]
fn works(target: Target, packed: &str) {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let templates = here.join("../../templates");
    let root = TempDir::new().unwrap();
    copy(&templates.join(target.key()), root.path());
    let mut options = Options::new(target, templates.join("mini"));
    options.out = Some(root.path().join(packed));
    pack(&options).unwrap();
    let mut node = Command::new("node");
    node.arg(here.join("tests/host/template.js"));
    let output = node.arg(target.key()).arg(root.path()).output().unwrap();
    let said = [output.stdout, output.stderr].concat();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&said)
    );
}

#[test]
fn the_template_for_wechat_works() {
    works(Target::Weapp, "miniprogram_npm/taro-socket-template-mini");
}

#[test]
fn the_template_for_alipay_works() {
    works(Target::Alipay, "lib");
}

#[test]
fn the_template_for_baidu_works() {
    works(Target::Swan, "lib");
}
