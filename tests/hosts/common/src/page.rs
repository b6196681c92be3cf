//! The program that runs inside a simulated host.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use taro_socket_pack::{Form, Options, Target, pack};

/// A crate that is packed as a user's crate is.
#[derive(Clone, Debug)]
#[allow(clippy::exhaustive_structs, reason = "programs fill it in")]
pub struct Page {
    /// The crate's folder.
    pub folder: PathBuf,
    /// For whom.
    pub target: Target,
    /// What it becomes.
    pub form: Form,
    /// What tells it from other pages of the same sources.
    pub name: String,
}

impl Page {
    /// The packed page. With a fingerprint it is kept below `target`, for the other variants of the platform: the
    /// same sources make the same page. Otherwise it is in `scratch`.
    ///
    /// # Errors
    ///
    /// When the crate cannot be packed.
    pub fn make(&self, fingerprint: &str, scratch: &Path) -> Result<PathBuf> {
        let kept = fingerprint.get(..16).map(|fingerprint| {
            let name = format!("{}-{fingerprint}", self.name);
            target().join("packed-pages").join(name)
        });
        if let Some(kept) = kept.as_ref().filter(|kept| kept.exists()) {
            return Ok(kept.clone());
        }
        let packed = scratch.join("page");
        println!("packing the page");
        self.pack(&packed)?;
        let Some(kept) = kept else {
            return Ok(packed);
        };
        // Whole or not at all.
        let aside = kept.with_extension("new");
        let _ = fs::remove_dir_all(&aside);
        fs::create_dir_all(&aside)?;
        for entry in fs::read_dir(&packed)? {
            let entry = entry?;
            fs::copy(entry.path(), aside.join(entry.file_name()))?;
        }
        fs::rename(&aside, &kept)?;
        Ok(kept)
    }

    fn pack(&self, out: &Path) -> Result<()> {
        let mut options = Options::new(self.target, &self.folder);
        options.form = self.form;
        options.out = Some(out.to_owned());
        pack(&options).context("the page cannot be packed")?;
        Ok(())
    }
}

/// The folder that cargo builds into.
fn target() -> PathBuf {
    let own = std::env::var_os("CARGO_TARGET_DIR").map(PathBuf::from);
    own.unwrap_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../target"))
}
