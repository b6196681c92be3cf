//! A C compiler: ring, the default TLS provider, is partly C.

use std::path::Path;

use anyhow::{Result, bail};

use super::Item;
use crate::process::Program;

pub const ITEM: Item = Item {
    name: "C compiler",
    remedy: "install gcc or clang, on Debian `apt-get install build-essential`",
    present: || Ok(compiles()),
    install: debian_build_essential,
};

fn compiles() -> bool {
    let compiler = std::env::var("CC").unwrap_or_else(|_| "cc".to_owned());
    matches!(
        Program::new(compiler).arg("--version").probe(),
        Ok((true, _))
    )
}

fn debian_build_essential() -> Result<()> {
    if !is_root_on_debian() {
        bail!("missing; only root on Debian can have it installed from here");
    }
    let apt = || Program::new("apt-get").env("DEBIAN_FRONTEND", "noninteractive");
    apt().arg("update").run()?;
    apt()
        .args([
            "install",
            "--yes",
            "--no-install-recommends",
            "build-essential",
        ])
        .run()
}

pub fn is_root_on_debian() -> bool {
    let root = matches!(Program::new("id").arg("-u").probe(), Ok((true, id)) if id.trim() == "0");
    root && Path::new("/etc/debian_version").exists()
}
