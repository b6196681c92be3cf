//! Which wasm-bindgen a crate uses: a module and the tool that writes its glue have to be of one version.

use anyhow::{Result, ensure};
use cargo_metadata::Package;

/// The version that is built in, and whose glue is known here.
pub(crate) const VERSION: &str = "0.2.130";

/// The crate uses the version that is built in.
///
/// `cargo update --precise` would not do as a remedy: js-sys, web-sys and wasm-bindgen-futures in the lock file ask for
/// exactly the version that they came with.
pub(crate) fn check(version: &str) -> Result<()> {
    ensure!(
        version == VERSION,
        "the crate uses wasm-bindgen {version}, and this packs {VERSION} only: \
         `cargo add wasm-bindgen@={VERSION}` in the crate's folder"
    );
    Ok(())
}

/// As [`check`], of the crate's lock file: before anything is built.
pub(crate) fn check_locked(packages: &[Package]) -> Result<()> {
    let named = packages.iter().filter(|it| *it.name == "wasm-bindgen");
    // No two of them can be in one lock file: they are linked under one name.
    named
        .into_iter()
        .try_for_each(|it| check(&it.version.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_version_is_refused_in_one_line_with_what_to_do() {
        check(VERSION).unwrap();
        let error = check("0.2.127").unwrap_err().to_string();
        assert!(error.starts_with("the crate uses wasm-bindgen 0.2.127"));
        assert!(error.contains("`cargo add wasm-bindgen@=0.2.130`"));
        assert!(!error.contains('\n'));
    }

    #[test]
    fn the_version_is_the_one_that_is_built_in() {
        let manifest = include_str!("../Cargo.toml");
        let pinned = format!("wasm-bindgen-cli-support = \"={VERSION}\"");
        assert!(manifest.contains(&pinned), "{pinned}");
        // Programs that are packed and nothing else pin it from the beginning.
        let shown = format!("wasm-bindgen = \"={VERSION}\"");
        for page in [
            include_str!("../../../docs/MINI-PROGRAMS.md"),
            include_str!("../../../docs/REACT-NATIVE.md"),
        ] {
            assert!(page.contains(&shown), "{shown}");
        }
    }
}
