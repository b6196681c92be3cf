//! A C compiler: ring, the default TLS provider, is partly C.

use super::{Item, debian};
use crate::process::Program;

pub const ITEM: Item = Item {
    name: "C compiler",
    remedy: "install gcc or clang, on Debian `apt-get install build-essential`",
    present: || Ok(compiles()),
    install: || debian::install(&["build-essential"]),
};

fn compiles() -> bool {
    let compiler = std::env::var("CC").unwrap_or_else(|_| "cc".to_owned());
    matches!(
        Program::new(compiler).arg("--version").probe(),
        Ok((true, _))
    )
}
