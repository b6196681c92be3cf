//! kosoku, a runner of the Autobahn case files.

use std::path::PathBuf;

use anyhow::{Context as _, Result};

use super::{Item, python};
use crate::process::Program;

const REQUIREMENT: &str = "kosoku==0.1.0";
const ENVIRONMENT: &str = "kosoku";

pub const ITEM: Item = Item {
    name: "kosoku",
    remedy: python::REMEDY,
    present: || {
        Ok(matches!(
            Program::new(program()).arg("--help").probe(),
            Ok((true, _))
        ))
    },
    install: || python::install(ENVIRONMENT, REQUIREMENT),
};

/// The kosoku program.
pub fn program() -> PathBuf {
    python::program(ENVIRONMENT, "kosoku")
}

/// Sets kosoku up where it is not yet.
pub fn ensure() -> Result<()> {
    super::provide(&ITEM, false).with_context(|| format!("by hand: {}", ITEM.remedy))?;
    Ok(())
}
