//! Flags of the compiler, and those that make the standard library anew.

use std::path::Path;
use std::process::Command;
use std::{env, fs};

use anyhow::{Context as _, Result, ensure};

/// Separates flags in `CARGO_ENCODED_RUSTFLAGS`.
const UNIT: &str = "\u{1f}";

/// Has this `cargo build` make the standard library too: for size, and without what panics do before they
/// stop the module. The flags that belong to it come to `flags`.
///
/// It needs the component `rust-src`. The options are not stable: another compiler may have others, and this
/// one takes them because of the variable.
pub fn rebuild_std(build: &mut Command, flags: &mut Vec<String>) {
    build
        .env("RUSTC_BOOTSTRAP", "1")
        .arg("-Zbuild-std=std,panic_abort")
        .arg("-Zbuild-std-features=optimize_for_size");
    flags.extend(["-Zunstable-options", "-Cpanic=immediate-abort"].map(str::to_owned));
}

/// Names the standard library's files in panic messages as a compiler does that has no sources of it. One that
/// has them would write where they are on this machine.
///
/// # Errors
/// When there is no compiler.
pub fn remap_std(build: &Command, flags: &mut Vec<String>) -> Result<()> {
    let ask = |args: &[&str]| rustc(build, args);
    let version = ask(&["--version", "--verbose"])?;
    let mut lines = version.lines();
    let commit = lines.find_map(|line| line.strip_prefix("commit-hash: "));
    let commit = commit.context("rustc tells no commit")?;
    let sysroot = ask(&["--print", "sysroot"])?;
    let sources = Path::new(sysroot.trim()).join("lib/rustlib/src/rust");
    let real = fs::canonicalize(&sources).ok();
    let real = real.filter(|real| *real != sources);
    for path in [Some(sources), real].into_iter().flatten() {
        let path = path.display();
        flags.push(format!("--remap-path-prefix={path}=/rustc/{commit}"));
    }
    Ok(())
}

/// What the compiler of this build answers.
fn rustc(build: &Command, args: &[&str]) -> Result<String> {
    let name = env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let mut command = Command::new(name);
    if let Some(folder) = build.get_current_dir() {
        command.current_dir(folder);
    }
    let output = command.args(args).output().context("cannot start rustc")?;
    ensure!(output.status.success(), "rustc failed");
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Adds our flags to those of the user, wherever cargo would take them from.
pub fn add_flags(build: &mut Command, flags: &[String]) {
    if let Some(own) = own_flags(|name| env::var(name).ok()) {
        let all = own.iter().chain(flags).map(String::as_str);
        let all: Vec<_> = all.collect();
        build.env("CARGO_ENCODED_RUSTFLAGS", all.join(UNIT));
    } else {
        // cargo adds this list to that of its configuration files.
        let list: Vec<String> = flags.iter().map(|flag| format!("{flag:?}")).collect();
        let list = list.join(", ");
        let key = "target.wasm32-unknown-unknown.rustflags";
        build.args(["--config", &format!("{key}=[{list}]")]);
    }
}

/// The flags in the user's variables, of which cargo takes the first that is there.
fn own_flags(variable: impl Fn(&str) -> Option<String>) -> Option<Vec<String>> {
    let words = |text: String| text.split_whitespace().map(str::to_owned).collect();
    let Some(encoded) = variable("CARGO_ENCODED_RUSTFLAGS") else {
        return variable("RUSTFLAGS").map(words);
    };
    let flags = encoded.split(UNIT).filter(|flag| !flag.is_empty());
    Some(flags.map(str::to_owned).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn flags_of_the_user_are_found_where_cargo_looks() {
        let of = |names: &[(&str, &str)]| {
            let names: Vec<_> = names
                .iter()
                .map(|&(name, text)| (name.to_owned(), text.to_owned()))
                .collect();
            own_flags(|wanted| {
                let mut all = names.iter();
                let found = all.find(|(name, _)| name == wanted);
                found.map(|(_, text)| text.clone())
            })
        };
        let encoded = ("CARGO_ENCODED_RUSTFLAGS", "-Ca=b c\u{1f}-Cd");
        let plain = ("RUSTFLAGS", " -Ce  -Cf ");
        assert_eq!(of(&[plain, encoded]).unwrap(), ["-Ca=b c", "-Cd"]);
        assert_eq!(of(&[plain]).unwrap(), ["-Ce", "-Cf"]);
        assert_eq!(of(&[("RUSTFLAGS", "")]).unwrap().len(), 0);
        assert_eq!(of(&[("CARGO_ENCODED_RUSTFLAGS", "")]).unwrap().len(), 0);
        assert_eq!(of(&[]), None);
    }

    #[test]
    fn the_standard_library_is_made_in_one_way() {
        let (mut build, mut flags) = (Command::new("cargo"), vec!["-Ca".to_owned()]);
        rebuild_std(&mut build, &mut flags);
        let args: Vec<_> = build.get_args().collect();
        assert!(args[0] == "-Zbuild-std=std,panic_abort" && args.len() == 2);
        assert_eq!(flags[0], "-Ca");
        assert_eq!(flags[2], "-Cpanic=immediate-abort");
    }

    #[test]
    fn sources_of_the_standard_library_have_their_public_name() {
        let mut flags = Vec::new();
        remap_std(&Command::new("cargo"), &mut flags).unwrap();
        let (from, to) = flags[0].rsplit_once('=').unwrap();
        assert!(from.ends_with("lib/rustlib/src/rust"), "{from}");
        assert!(to.starts_with("/rustc/") && to.len() > 40, "{to}");
    }
}
