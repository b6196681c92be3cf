//! zig, a C compiler for other targets: ring, the default TLS provider, is partly C.

use std::path::PathBuf;

use super::{Item, python};
use crate::process::Program;

const VERSION: &str = "0.17.1";
/// As pip reads it.
pub const REQUIREMENT: &str = "ziglang==0.17.1";
const ENVIRONMENT: &str = "zig";

pub const ITEM: Item = Item {
    name: "zig, a C compiler for other targets",
    remedy: python::REMEDY,
    present: || {
        let said = Program::new(python())
            .args(["-m", MODULE, "version"])
            .probe();
        Ok(matches!(said, Ok((true, said)) if said.trim() == VERSION))
    },
    install: || python::install(ENVIRONMENT, REQUIREMENT),
};

/// The package has no program: Python runs it as this module.
pub const MODULE: &str = "ziglang";

/// The Python that has it.
pub fn python() -> PathBuf {
    python::program(ENVIRONMENT, "python")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_version_is_asked_for() {
        assert_eq!(REQUIREMENT, format!("{MODULE}=={VERSION}"));
    }
}
