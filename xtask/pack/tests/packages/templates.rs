//! Packs the template's crate, and runs the mini-programs over it in the simulated hosts.

use std::fs;
use std::path::Path;

use crate::support::{fixture, node, template, templates};
use taro_socket_pack::{Packed, Target, pack};
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

/// The template's folder with the package in this place of it.
fn made(target: Target, package: &Packed, place: &str) -> TempDir {
    let root = TempDir::new().unwrap();
    copy(&templates().join(target.key()), root.path());
    copy(&package.folder, &root.path().join(place));
    root
}

/// Where WeChat has packages of npm.
const WEAPP: &str = "miniprogram_npm/taro-socket-template-mini";

/// The template works in this variant of its host; mini-programs have one here.
#[track_caller]
fn assert_works(target: Target, root: &TempDir, variant: &str) {
    let root = root.path().to_str().unwrap();
    let (passed, said) = node("host/template.js", &[target.key(), root, variant]);
    assert!(passed, "{variant} {said}");
}

#[test]
fn the_template_for_wechat_works() {
    assert_works(
        Target::Weapp,
        &made(Target::Weapp, template(Target::Weapp), WEAPP),
        "",
    );
}

#[test]
fn the_template_for_alipay_works() {
    assert_works(
        Target::Alipay,
        &made(Target::Alipay, template(Target::Alipay), "lib"),
        "",
    );
}

#[test]
fn the_template_for_baidu_works() {
    assert_works(
        Target::Swan,
        &made(Target::Swan, template(Target::Swan), "lib"),
        "",
    );
}

#[test]
fn the_template_for_react_native_works() {
    let root = made(Target::Rn, template(Target::Rn), "lib/chat");
    for variant in ["android-88", "ios-88", "android-76", "ios-76"] {
        assert_works(Target::Rn, &root, variant);
    }
}

#[test]
fn the_template_works_with_a_rebuilt_std_in_both_forms() {
    for (target, place) in [(Target::Weapp, WEAPP), (Target::Alipay, "lib")] {
        let out = TempDir::new().unwrap();
        let mut options = fixture(target, &out);
        (options.path, options.rebuild_std) = (templates().join("mini"), true);
        let package = pack(&options).unwrap();
        assert_works(target, &made(target, &package, place), "");
    }
}
