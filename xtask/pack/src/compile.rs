//! Builds the crate for engines of WebAssembly's first version.

use std::ffi::OsString;
use std::path::{self, Path, PathBuf};
use std::process::Command;
use std::sync::{Mutex, PoisonError};
use std::{env, fs};

use anyhow::{Context as _, Result};
use taro_socket_web::{add_flags, rebuild_std, remap_std};

use crate::Options;
use crate::manifest::Crate;

/// The standard library that comes with the compiler is newer: it is lowered later.
const FLAGS: &[&str] = &["-Ctarget-cpu=mvp", "-Ctarget-feature=+mutable-globals"];

/// The profile that makes it small. Its name is not one that a crate is likely to have.
const PROFILE: &str = "taro-socket-pack";
const SMALL: &[&str] = &[
    "inherits='release'",
    "opt-level='z'",
    "lto=true",
    "codegen-units=1",
    "panic='abort'",
];

/// Held while a module is made and read: with other features it has the same path.
static BUILDING: Mutex<()> = Mutex::new(());

/// Builds the crate; its module.
pub(crate) fn compile(options: &Options, krate: &Crate) -> Result<Vec<u8>> {
    let _held = BUILDING.lock().unwrap_or_else(PoisonError::into_inner);
    let path = build(options, krate)?;
    fs::read(&path).with_context(|| path.display().to_string())
}

fn build(options: &Options, krate: &Crate) -> Result<PathBuf> {
    let target = target_folder(options)?;
    let mut build = taro_socket_web::cargo();
    build
        .current_dir(&krate.folder)
        .args(["build", "--lib"])
        .arg("--target-dir")
        .arg(&target);
    let profile = options.profile.as_deref().unwrap_or(PROFILE);
    build.args(["--profile", profile]);
    // wasm-bindgen reads sections that stripping would remove.
    config(&mut build, &format!("profile.{profile}.strip=false"));
    if options.profile.is_none() {
        for setting in SMALL {
            config(&mut build, &format!("profile.{profile}.{setting}"));
        }
    }
    if !options.default_features {
        build.arg("--no-default-features");
    }
    if !options.features.is_empty() {
        build.args(["--features", &options.features.join(",")]);
    }
    let mut flags = remapped(&target);
    if !options.target.is_browser() {
        flags.extend(FLAGS.iter().map(|&flag| flag.to_owned()));
    }
    remap_std(&build, &mut flags)?;
    if options.rebuild_std {
        rebuild_std(&mut build, &mut flags);
    }
    add_flags(&mut build, &flags);
    let name = &krate.name;
    let modules = taro_socket_web::modules(&mut build)
        .with_context(|| format!("`{name}` does not build for wasm"))?;
    let own = modules.into_iter().find(|(id, _)| *id == krate.id);
    let (_, path) = own.with_context(|| format!("`{name}` makes no wasm module"))?;
    Ok(path)
}

/// Other flags would build everything anew: they have a folder of their own.
fn target_folder(options: &Options) -> Result<PathBuf> {
    let mut name = String::from("pack");
    if options.target.is_browser() {
        name += "-for-browsers";
    }
    if options.rebuild_std {
        name += "-with-std";
    }
    let folder = taro_socket_web::target_folder().join(name);
    Ok(path::absolute(folder)?)
}

fn config(build: &mut Command, setting: &str) {
    build.args(["--config", setting]);
}

/// Messages of panics hold paths of sources: they shall not tell of this machine. The last that fits counts.
///
/// Those of the crate's workspace begin at its folder. A flag for it would build all anew for each workspace.
fn remapped(target: &Path) -> Vec<String> {
    let folder = |name: &str| env::var_os(name).map(PathBuf::from);
    let home = folder("HOME");
    let cargo = folder("CARGO_HOME").or_else(|| Some(home.clone()?.join(".cargo")));
    let target = Some(target.to_owned());
    let all = [(home, "home"), (cargo, "cargo"), (target, "target")];
    let known = all.into_iter().filter_map(|(from, to)| Some((from?, to)));
    // A home that is no folder of its own would be every path.
    let known = known.filter(|(from, _)| from.is_absolute() && from.parent().is_some());
    known.flat_map(|(from, to)| remap(&from, to)).collect()
}

fn remap(from: &Path, to: &str) -> Vec<String> {
    let real = fs::canonicalize(from).ok().filter(|real| real != from);
    let paths = [Some(from.to_owned()), real].into_iter().flatten();
    let flag = |path: PathBuf| {
        let mut flag = OsString::from("--remap-path-prefix=");
        flag.push(path);
        flag.push("=");
        flag.push(to);
        flag.into_string().ok()
    };
    paths.filter_map(flag).collect()
}
