//! Packages that several runs use.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Result;

use crate::{Options, pack};

/// The package's folder. Below `target` one is kept for each `fingerprint` of the sources, platform and form: the
/// same sources make the same package. Without a fingerprint it is made anew, in `scratch`.
///
/// # Errors
/// As [`pack`].
pub fn pack_kept(options: &Options, fingerprint: &str, scratch: &Path) -> Result<PathBuf> {
    let kept = fingerprint.get(..16).map(|fingerprint| {
        let (target, form) = (options.target.key(), options.form.key());
        let folder = taro_socket_web::target_folder().join("packages");
        folder.join(format!("{target}-{form}-{fingerprint}"))
    });
    if let Some(kept) = kept.as_ref().filter(|kept| kept.exists()) {
        return Ok(kept.clone());
    }
    let packed = scratch.join("package");
    pack(&Options {
        out: Some(packed.clone()),
        ..options.clone()
    })?;
    match kept {
        Some(kept) => keep(&packed, &kept).map(|()| kept),
        None => Ok(packed),
    }
}

/// Copies it, whole or not at all.
fn keep(packed: &Path, kept: &Path) -> Result<()> {
    let aside = tempfile::tempdir_in(folder_of(kept)?)?;
    for entry in fs::read_dir(packed)? {
        let entry = entry?;
        fs::copy(entry.path(), aside.path().join(entry.file_name()))?;
    }
    match fs::rename(aside.path(), kept) {
        // Another run was first.
        Err(_) if kept.exists() => {}
        renamed => renamed?,
    }
    Ok(())
}

fn folder_of(kept: &Path) -> Result<&Path> {
    let folder = kept.parent().unwrap_or(kept);
    fs::create_dir_all(folder)?;
    Ok(folder)
}
