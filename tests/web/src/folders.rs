//! Where the workspace and its build folder are.

use std::path::{Path, PathBuf};
use std::{env, fs};

/// The folder of the workspace: the one around the package that cargo runs, or
/// around this package where a program is started by hand.
pub(crate) fn root() -> PathBuf {
    let run = env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from);
    let built = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let candidates = run.iter().chain([&built]);
    let found = candidates
        .flat_map(|folder| folder.ancestors())
        .find(|folder| is_workspace(folder))
        .map(Path::to_owned);
    found.unwrap_or_else(|| PathBuf::from("."))
}

fn is_workspace(folder: &Path) -> bool {
    fs::read_to_string(folder.join("Cargo.toml")).is_ok_and(|text| text.contains("[workspace]\n"))
}

/// cargo's build folder.
#[must_use]
pub fn target() -> PathBuf {
    env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_root_holds_this_package() {
        assert!(root().join("tests/web/capabilities").is_dir());
    }
}
