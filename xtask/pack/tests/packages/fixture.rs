//! Packs the fixture, and runs it in a realm that has next to nothing.

use std::fs;

use crate::support::{fixture, here, node, packed};
use taro_socket_pack::{Form, Options, Packed, Target, pack};
use tempfile::TempDir;

/// Whether the fixture passes this check of `run.js`.
fn passes(packed: &Packed, check: &str) -> (bool, String) {
    let folder = packed.folder.to_str().unwrap();
    node("host/run.js", &[folder, &packed.name, check])
}

#[track_caller]
fn assert_passes(packed: &Packed, check: &str) {
    let (passed, said) = passes(packed, check);
    assert!(passed, "{check}: {said}");
}

#[test]
fn the_codec_is_that_of_the_encoding_standard() {
    let (passed, said) = node("host/codec.js", &[]);
    assert!(passed, "{said}");
}

#[test]
fn wasm_works_however_the_host_hands_it_over() {
    assert_passes(packed(Target::Weapp), "wasm");
}

#[test]
fn a_start_that_failed_can_be_tried_again() {
    assert_passes(packed(Target::Weapp), "retry");
}

#[test]
fn a_package_holds_what_the_tools_of_its_platform_ask_for() {
    let packed = packed(Target::Weapp);
    let names: Vec<_> = packed.files.iter().map(|file| file.name.as_str()).collect();
    let wanted = [
        "index.js",
        "chat.js.wasm",
        "chat.js.wasm.br",
        "index.d.ts",
        "package.json",
    ];
    assert_eq!(names, wanted);
    for file in &packed.files {
        let written = fs::metadata(packed.folder.join(&file.name)).unwrap();
        assert_eq!(written.len(), file.bytes as u64);
        assert!(0 < file.brotli && file.brotli <= file.bytes);
    }
    let text = |name: &str| fs::read_to_string(packed.folder.join(name)).unwrap();
    let manifest: serde_json::Value = serde_json::from_str(&text("package.json")).unwrap();
    for (field, value) in [
        ("name", "chat.js"),
        ("main", "index.js"),
        ("miniprogram", "."),
    ] {
        assert_eq!(manifest[field], value);
    }
    let types = text("index.d.ts");
    assert!(types.contains("export function echo(text: string): string;"));
    assert!(types.contains("export function init(path?: string): Promise<"));
}

#[test]
fn the_module_is_of_the_first_version_and_tells_nothing_of_this_machine() {
    let packed = packed(Target::Weapp);
    let path = packed.folder.join("chat.js.wasm");
    taro_socket_web::check_lowered(&path).unwrap();
    let module = walrus::Module::from_file(&path).unwrap();
    let global = |export: &walrus::Export| matches!(export.item, walrus::ExportItem::Global(_));
    assert!(!module.exports.iter().any(global));
    let text = String::from_utf8_lossy(&fs::read(&path).unwrap()).into_owned();
    let home = std::env::var("HOME").unwrap();
    for folder in [&*home, here().parent().unwrap().to_str().unwrap()] {
        assert!(!text.contains(&format!("{folder}/")), "{folder}");
    }
    // Where rustup keeps sources.
    assert!(!text.contains("/toolchains/"));
}

#[test]
fn plain_javascript_works_where_there_is_no_wasm() {
    let packed = packed(Target::Alipay);
    let names: Vec<_> = packed.files.iter().map(|file| file.name.as_str()).collect();
    assert_eq!(names, ["index.js", "index.d.ts", "package.json"]);
    let types = fs::read_to_string(packed.folder.join("index.d.ts")).unwrap();
    assert!(types.contains("export function init(): Promise<"));
    assert_passes(packed, "js");
}

/// What shows that the checks above see a memory that moved.
#[test]
fn plain_javascript_needs_the_changes_of_the_glue() {
    let out = TempDir::new().unwrap();
    let mut options = fixture(Target::Weapp, &out);
    (options.form, options.debug) = (Form::Js, true);
    let packed = pack(&options).unwrap();
    assert_passes(&packed, "js");
    assert_passes(&packed, "patched");
    for check in ["unpatched-bytes", "unpatched-view"] {
        let (passed, said) = passes(&packed, check);
        assert!(
            !passed && !said.contains("nothing was changed"),
            "{check}: {said}"
        );
    }
}

#[test]
fn wasm_for_another_host_asks_for_its_loader() {
    let out = TempDir::new().unwrap();
    let mut options = fixture(Target::Alipay, &out);
    options.form = Form::Wasm;
    let packed = pack(&options).unwrap();
    let text = fs::read_to_string(packed.folder.join("index.js")).unwrap();
    assert!(text.contains("MYWebAssembly.instantiate") && !text.contains("WXWeb"));
    assert_passes(&packed, "bytes");
}

#[test]
fn browsers_get_an_es_module() {
    for debug in [false, true] {
        let out = TempDir::new().unwrap();
        let mut options = fixture(Target::H5, &out);
        options.debug = debug;
        let packed = pack(&options).unwrap();
        let text = |name: &str| fs::read_to_string(packed.folder.join(name)).unwrap();
        let manifest: serde_json::Value = serde_json::from_str(&text("package.json")).unwrap();
        assert_eq!(manifest["type"], "module");
        assert!(
            text("index.d.ts")
                .contains("export default function init(source?: Source | Promise<Source>)")
        );
        let folder = packed.folder.to_str().unwrap();
        let (passed, said) = node("host/browser.mjs", &[folder, &packed.name]);
        assert!(passed, "{said}");
    }
}

#[test]
fn browsers_take_integers_of_64_bits() {
    let out = TempDir::new().unwrap();
    let mut options = fixture(Target::H5, &out);
    options.features.push("wide".to_owned());
    let packed = pack(&options).unwrap();
    let folder = packed.folder.to_str().unwrap();
    let (passed, said) = node("host/browser.mjs", &[folder, &packed.name, "wide"]);
    assert!(passed, "{said}");
}

#[test]
fn browsers_load_no_plain_javascript() {
    let plain = |options: &mut Options| (options.target, options.form) = (Target::H5, Form::Js);
    refused(plain, "browsers have WebAssembly");
}

#[track_caller]
fn refused(change: impl FnOnce(&mut Options), why: &str) {
    let out = TempDir::new().unwrap();
    let mut options = fixture(Target::Swan, &out);
    change(&mut options);
    let error = format!("{:#}", pack(&options).unwrap_err());
    assert!(error.contains(why), "{error}");
    assert_eq!(fs::read_dir(out.path()).unwrap().count(), 0);
}

#[test]
fn what_a_mini_program_cannot_load_is_refused() {
    let with = |feature: &str| {
        let feature = feature.to_owned();
        move |options: &mut Options| options.features.push(feature)
    };
    refused(with("snippet"), "scripts of crates (`inline_js`");
    refused(with("module"), "imports `pad` from `left-pad`");
    refused(with("wide"), "in `wide` (exported)");
    refused(with("own-init"), "`init` is the package's own");
}

#[test]
fn react_native_loads_no_wasm() {
    let wasm = |options: &mut Options| (options.target, options.form) = (Target::Rn, Form::Wasm);
    refused(wasm, "rn has no WebAssembly");
}

#[test]
fn what_is_no_crate_for_wasm_is_refused() {
    let at = |path: &str| {
        let path = here().join(path);
        move |options: &mut Options| options.path = path
    };
    refused(at("absent"), "there is no folder");
    refused(at("tests"), "no Cargo.toml");
    refused(at("../.."), "is a workspace");
    refused(
        at("../../crates/taro-socket-api"),
        "`taro-socket-api` is no cdylib",
    );
    refused(
        |options| options.name = Some("A/b".to_owned()),
        "no name of a package",
    );
}
