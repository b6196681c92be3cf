//! Compilers of C for other targets: zig, behind scripts that build scripts can call.

use std::ffi::OsString;
use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};

use super::target::{TARGETS, Target};
use crate::commands::setup::zig;
use crate::repository;

/// What build scripts say of the target, in words that are not zig's: it is left out, and what belongs to it.
const FILTER: &str = r#"following=
for argument do
  shift
  if [ -n "$following" ]; then following=; continue; fi
  case "$argument" in
    --target=*|-m*-version-min=*) ;;
    -target|-isysroot|-arch) following=left-out ;;
    *) set -- "$@" "$argument" ;;
  esac
done
"#;

/// zig would call for checks at run time that only its own linker brings. Not in the scripts, which nothing watches.
const FLAGS: &str = "-fno-sanitize=all -fno-stack-protector";

/// The scripts.
#[derive(Debug)]
pub struct Compiler {
    folder: PathBuf,
}

impl Compiler {
    /// Writes them below `target/`.
    pub fn write() -> Result<Self> {
        // Build scripts run in folders of their own.
        let root = repository::root();
        let folder = root.join(repository::target()).join("targets");
        // Another version compiles anew.
        let folder = folder.join(zig::REQUIREMENT);
        let python = root.join(zig::python());
        let compiler = Self { folder };
        fs::create_dir_all(&compiler.folder)?;
        for target in TARGETS {
            let (cc, ar) = (compiler.cc(target), compiler.ar(target));
            executable(&cc, &compiling(&zig_by(&python), target))?;
            executable(&ar, &archiving(&zig_by(&python), target))?;
        }
        Ok(compiler)
    }

    /// The compiler for a target.
    pub fn cc(&self, target: &Target) -> PathBuf {
        self.folder.join(format!("cc-{}", target.name))
    }

    fn ar(&self, target: &Target) -> PathBuf {
        self.folder.join(format!("ar-{}", target.name))
    }

    /// The variables by which build scripts find them.
    pub fn variables(&self, target: &Target) -> Vec<(String, OsString)> {
        let name = target.underscored();
        let cache = self.folder.join("cache");
        let mut variables = vec![
            (format!("CC_{name}"), self.cc(target).into()),
            (format!("AR_{name}"), self.ar(target).into()),
            (format!("CFLAGS_{name}"), FLAGS.into()),
            ("ZIG_GLOBAL_CACHE_DIR".to_owned(), cache.into()),
        ];
        if target.is_apple() {
            // Any folder: otherwise Apple's tools are asked for theirs. zig has headers of its own.
            variables.push(("SDKROOT".to_owned(), self.folder.clone().into()));
        }
        variables
    }
}

/// zig in the words of a shell.
fn zig_by(python: &Path) -> String {
    let python = python.display().to_string().replace('\'', r"'\''");
    format!("'{python}' -m {}", zig::MODULE)
}

fn compiling(zig: &str, target: &Target) -> String {
    let zigs = target.zig;
    format!("#!/bin/sh\n{FILTER}exec {zig} cc -target {zigs} \"$@\"\n")
}

fn archiving(zig: &str, target: &Target) -> String {
    let tool = if target.is_msvc() { "lib" } else { "ar" };
    format!("#!/bin/sh\nexec {zig} {tool} \"$@\"\n")
}

fn executable(path: &Path, text: &str) -> Result<()> {
    repository::ensure_file_contents(path, text, false)?;
    fs::set_permissions(path, fs::Permissions::from_mode(0o755))
        .with_context(|| format!("cannot make {} a program", path.display()))
}

#[cfg(test)]
mod tests {
    use super::super::target::named;
    use super::*;
    use crate::process::Program;

    /// What zig is called with.
    fn called(text: &str, args: &[&str]) -> String {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("script");
        executable(&path, text).unwrap();
        // By the shell: a file just written may still be held open by another test's child.
        let shell = Program::new("sh").arg(path).args(args.iter().copied());
        shell.read().unwrap().trim_end().to_owned()
    }

    #[test]
    fn the_target_is_told_in_words_of_zig_and_the_rest_is_kept() {
        let script = compiling("echo", named("aarch64-apple-ios").unwrap());
        let args = [
            "-O3",
            "--target=arm64-apple-ios17.0",
            "-miphoneos-version-min=17.0",
            "-isysroot",
            "somewhere",
            "-arch",
            "arm64",
            "-DTEXT=two words",
            "-target",
            "x",
            "-c",
        ];
        assert_eq!(
            called(&script, &args),
            "cc -target aarch64-macos -O3 -DTEXT=two words -c"
        );
        let counting = compiling("sh -c 'echo $#' -", named("aarch64-apple-ios").unwrap());
        // `cc`, the target's two, and one that has a space.
        assert_eq!(called(&counting, &["-DTEXT=two words"]), "4");
    }

    #[test]
    fn archives_are_made_with_the_tool_of_the_system() {
        for (target, tool) in [
            ("x86_64-pc-windows-msvc", "lib"),
            ("x86_64-pc-windows-gnu", "ar"),
        ] {
            let script = archiving("echo", named(target).unwrap());
            assert_eq!(called(&script, &["cq", "a.a"]), format!("{tool} cq a.a"));
        }
    }

    #[test]
    fn a_folder_may_have_any_name() {
        let folder = tempfile::tempdir().unwrap();
        let python = folder.path().join("it's here");
        executable(&python, "#!/bin/sh\necho \"$@\"\n").unwrap();
        let shown = called(&format!("echo {}\n", zig_by(&python)), &[]);
        assert_eq!(shown, format!("{} -m ziglang", python.display()));
    }

    #[test]
    fn apples_tools_are_not_asked_for() {
        let compiler = Compiler {
            folder: "folder".into(),
        };
        let has = |target, name: &str| {
            let variables = compiler.variables(named(target).unwrap());
            variables.iter().any(|(variable, _)| variable == name)
        };
        assert!(has("aarch64-apple-ios", "CC_aarch64_apple_ios"));
        assert!(has("aarch64-apple-ios", "SDKROOT"));
        assert!(!has("aarch64-linux-android", "SDKROOT"));
    }
}
