//! Packs the template's crate, and runs the mini-programs over it in the simulated hosts.
#![allow(clippy::unwrap_used, reason = "a panic fails the test")]

mod support;

use std::fs;
use std::path::Path;

use support::{fixture, here, node};
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

fn made(target: Target, packed: &str) -> TempDir {
    made_with(target, packed, |_| {})
}

/// The template's folder with the crate packed into this place of it.
fn made_with(target: Target, packed: &str, change: impl FnOnce(&mut Options)) -> TempDir {
    let templates = here().join("../../templates");
    let root = TempDir::new().unwrap();
    copy(&templates.join(target.key()), root.path());
    let mut options = fixture(target, &root);
    options.path = templates.join("mini");
    options.out = Some(root.path().join(packed));
    change(&mut options);
    pack(&options).unwrap();
    root
}

/// The template works in this variant of its host; mini-programs have one here.
#[track_caller]
fn assert_works(target: Target, root: &TempDir, variant: &str) {
    let root = root.path().to_str().unwrap();
    let (passed, said) = node("host/template.js", &[target.key(), root, variant]);
    assert!(passed, "{variant} {said}");
}

#[test]
fn the_template_for_wechat_works() {
    let folder = "miniprogram_npm/taro-socket-template-mini";
    assert_works(Target::Weapp, &made(Target::Weapp, folder), "");
}

#[test]
fn the_template_for_alipay_works() {
    assert_works(Target::Alipay, &made(Target::Alipay, "lib"), "");
}

#[test]
fn the_template_for_baidu_works() {
    assert_works(Target::Swan, &made(Target::Swan, "lib"), "");
}

#[test]
fn the_template_for_react_native_works() {
    let root = made(Target::Rn, "lib/chat");
    for variant in ["android-88", "ios-88", "android-76", "ios-76"] {
        assert_works(Target::Rn, &root, variant);
    }
}

#[test]
fn the_template_works_with_a_rebuilt_std_in_both_forms() {
    let rebuilt = |options: &mut Options| options.rebuild_std = true;
    let folder = "miniprogram_npm/taro-socket-template-mini";
    for (target, folder) in [(Target::Weapp, folder), (Target::Alipay, "lib")] {
        assert_works(target, &made_with(target, folder, rebuilt), "");
    }
}
