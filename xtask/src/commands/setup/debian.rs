//! Packages of Debian.

use std::path::Path;

use anyhow::{Result, bail};

use crate::process::Program;

/// Installs packages with apt-get, or fails where that is not for this program to do.
pub fn install(packages: &[&str]) -> Result<()> {
    if !is_root_on_debian() {
        bail!("missing; only root on Debian can have it installed from here");
    }
    let apt = || Program::new("apt-get").env("DEBIAN_FRONTEND", "noninteractive");
    apt().args(["update", "--quiet"]).run()?;
    apt()
        .args(["install", "--quiet", "--yes", "--no-install-recommends"])
        .args(packages.iter().copied())
        .run()
}

pub fn is_root_on_debian() -> bool {
    let root = matches!(Program::new("id").arg("-u").probe(), Ok((true, id)) if id.trim() == "0");
    root && Path::new("/etc/debian_version").exists()
}
