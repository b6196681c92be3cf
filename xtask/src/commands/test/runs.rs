//! Tests of Rust, as `cargo test` runs them.

use std::sync::{Mutex, PoisonError};
use std::thread;

use anyhow::{Result, ensure};

use super::build::{TestProgram, selected};
use crate::process::Program;
use crate::steps::{Counts, count};

/// Runs `cargo` with these arguments, and counts the tests.
pub fn cargo(args: &[&str], counts: &mut Counts) -> Result<()> {
    Program::cargo()
        .args(args.iter().copied())
        .each_line(|line| *counts += count(line))
}

/// The examples in the documentation of these packages.
pub fn documented(packages: &[String], counts: &mut Counts) -> Result<()> {
    Program::cargo()
        .args(["test", "--doc", "--no-fail-fast"])
        .args(selected(packages))
        .each_line(|line| *counts += count(line))
}

/// Runs the programs to the end even when some fail.
pub fn one_by_one(programs: &[&TestProgram], counts: &mut Counts) -> Result<()> {
    let mut failed = Vec::new();
    for test in programs {
        println!("\n  {}", test.title());
        if let Err(error) = test.program().each_line(|line| *counts += count(line)) {
            failed.push(format!("{}: {error:#}", test.title()));
        }
    }
    conclude(programs, &failed)
}

/// As [`one_by_one`], two at once: each shows what it said when it has ended.
pub fn in_pairs(programs: &[&TestProgram], counts: &mut Counts) -> Result<()> {
    let waiting = Mutex::new(programs.iter());
    let ended = Mutex::new((Vec::new(), Counts::default()));
    let run_all = || {
        loop {
            // In a statement of its own: another is taken while this one runs.
            let next = locked(&waiting).next();
            let Some(test) = next else { break };
            let outcome = test.program().probe();
            let (failed, sum) = &mut *locked(&ended);
            failed.extend(shown(test, outcome, sum));
        }
    };
    thread::scope(|scope| {
        scope.spawn(run_all);
        run_all();
    });
    let (failed, sum) = ended.into_inner().unwrap_or_else(PoisonError::into_inner);
    *counts += sum;
    conclude(programs, &failed)
}

/// Shows and counts what it said; what there is to tell where it failed.
fn shown(test: &TestProgram, ended: Result<(bool, String)>, sum: &mut Counts) -> Option<String> {
    println!("\n  {}", test.title());
    match ended {
        Ok((passed, said)) => {
            println!("{said}");
            said.lines().for_each(|line| *sum += count(line));
            (!passed).then(|| test.title())
        }
        Err(error) => Some(format!("{}: {error:#}", test.title())),
    }
}

fn locked<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn conclude(programs: &[&TestProgram], failed: &[String]) -> Result<()> {
    ensure!(!programs.is_empty(), "nothing was built");
    ensure!(failed.is_empty(), "failed: {}", failed.join(", "));
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_run_and_those_that_fail_are_named() {
        let [passes, fails, absent] =
            ["true", "false", "taro-socket-no-such-program"].map(TestProgram::at);
        let mut counts = Counts::default();
        for run in [one_by_one, in_pairs] {
            run(&[&passes, &passes, &passes], &mut counts).unwrap();
            let error = run(&[&fails, &passes, &absent], &mut counts);
            let error = error.unwrap_err().to_string();
            assert!(
                error.contains("false") && error.contains("no-such") && !error.contains("true")
            );
            assert!(run(&[], &mut counts).is_err());
        }
    }
}
