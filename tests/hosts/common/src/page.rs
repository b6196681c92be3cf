//! The program that runs inside a simulated host.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use taro_socket_pack::{Form, Options, Target, pack_kept};

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
}

impl Page {
    /// The packed page; for a run with a fingerprint it is kept for the other variants of the platform. Otherwise
    /// it is in `scratch`.
    ///
    /// # Errors
    ///
    /// When the crate cannot be packed.
    pub fn make(&self, fingerprint: &str, scratch: &Path) -> Result<PathBuf> {
        let mut options = Options::new(self.target, &self.folder);
        options.form = self.form;
        pack_kept(&options, fingerprint, scratch).context("the page cannot be packed")
    }
}
