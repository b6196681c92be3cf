//! The simulated hosts' own tests.

use anyhow::Result;

use crate::process::Program;
use crate::steps::{Counts, Steps};

/// Simulated hosts, and the folders of their packages.
const HOSTS: [(&str, &str); 2] = [
    ("mini-programs", "tests/hosts/mini/host"),
    ("React Native", "tests/hosts/rn/host"),
];

pub fn all(steps: &mut Steps) {
    for (name, folder) in HOSTS {
        steps.run(&format!("simulated {name}: types"), |_| {
            npm_run(folder, "check").run()
        });
        steps.run(&format!("simulated {name}: tests"), |counts| {
            tests(folder, counts)
        });
    }
}

fn npm_run(folder: &str, script: &str) -> Program {
    Program::new("npm").args(["run", "--silent", "--prefix", folder, script])
}

/// Node.js tells `# pass 92` and `# fail 0`.
fn tests(folder: &str, counts: &mut Counts) -> Result<()> {
    npm_run(folder, "test").each_line(|line| {
        let number = |word| line.strip_prefix(word)?.trim().parse::<usize>().ok();
        counts.passed += number("# pass ")
            .or_else(|| number("ℹ pass "))
            .unwrap_or_default();
        counts.failed += number("# fail ")
            .or_else(|| number("ℹ fail "))
            .unwrap_or_default();
    })
}
