//! Where things are, and how generated files are written or checked.

use std::path::{Path, PathBuf};
use std::{env, fs};

use anyhow::{Context as _, Result, bail};

/// The folder of the workspace.
///
/// cargo names the package's folder at run time; the value at build time serves
/// where the program is started by hand.
pub fn root() -> PathBuf {
    let package = env::var_os("CARGO_MANIFEST_DIR")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
    package
        .parent()
        .map_or_else(|| PathBuf::from("."), Path::to_owned)
}

/// cargo's target folder.
pub fn target() -> PathBuf {
    env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from)
}

/// Reads a text file; the error names it.
pub fn read(path: &Path) -> Result<String> {
    fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))
}

/// Writes `text` to the file, or with `check` fails when the file holds anything else.
pub fn ensure_file_contents(path: &Path, text: &str, check: bool) -> Result<()> {
    let current = fs::read_to_string(path).unwrap_or_default();
    if current == text {
        return Ok(());
    }
    if check {
        bail!("{} is not up to date", path.display());
    }
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::write(path, text).with_context(|| format!("cannot write {}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_check_compares_and_never_writes() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("docs/page.md");
        assert!(ensure_file_contents(&file, "new", true).is_err());
        assert!(!file.exists());
        ensure_file_contents(&file, "new", false).unwrap();
        ensure_file_contents(&file, "new", true).unwrap();
        assert!(ensure_file_contents(&file, "newer", true).is_err());
        assert_eq!(read(&file).unwrap(), "new");
    }
}
