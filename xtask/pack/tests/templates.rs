//! Packs the template's crate, and runs the mini-programs over it in the simulated hosts.
#![allow(clippy::unwrap_used, reason = "a panic fails the test")]

mod support;

use std::fs;
use std::path::Path;

use support::{here, node};
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
    let templates = here().join("../../templates");
    let root = TempDir::new().unwrap();
    copy(&templates.join(target.key()), root.path());
    let mut options = Options::new(target, templates.join("mini"));
    options.out = Some(root.path().join(packed));
    pack(&options).unwrap();
    let root = root.path().to_str().unwrap();
    let (passed, said) = node("host/template.js", &[target.key(), root]);
    assert!(passed, "{said}");
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
