//! Standard libraries of other targets, by rustup.

use std::path::Path;
use std::time::Duration;

use anyhow::{Result, ensure};

use crate::process::Program;

/// Time in which rustup has to fetch one.
const RUSTUP_LIMIT: Duration = Duration::from_secs(180);

/// Provides the one of this target; how it came here.
pub fn provide(target: &str) -> Result<&'static str> {
    if is_there(target) {
        return Ok("present");
    }
    let brought = Program::new("rustup")
        .args(["target", "add", target])
        .within(RUSTUP_LIMIT)
        .run();
    ensure!(
        brought.is_ok() && is_there(target),
        "no standard library: rustup brings none"
    );
    Ok("added")
}

fn is_there(target: &str) -> bool {
    let library = ["--print", "target-libdir", "--target", target];
    let asked = Program::new("rustc").args(library).probe();
    matches!(asked, Ok((true, folder)) if Path::new(folder.trim()).is_dir())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn this_machine_has_its_own_and_none_for_a_target_that_is_not() {
        let asked = Program::new("rustc").args(["--print", "host-tuple"]);
        assert_eq!(provide(asked.read().unwrap().trim()).unwrap(), "present");
        assert!(!is_there("pdp11-unknown-none"));
    }
}
