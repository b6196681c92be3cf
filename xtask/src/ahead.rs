//! What runs ahead of its turn, on what the steps before it leave of the machine.

use std::sync::mpsc::{self, Receiver};
use std::{env, thread};

use anyhow::{Context as _, Result, ensure};

use crate::process::Program;

/// A task of this program that runs, or will.
#[derive(Debug)]
pub struct Ahead {
    line: String,
    /// Whether it succeeded, and what it said.
    said: Receiver<Result<(bool, String)>>,
}

/// Starts these tasks, each given by its arguments: one after the other, and only while nothing else wants to run.
/// They have to build in folders of their own: otherwise the steps would wait for them.
pub fn start<const N: usize>(tasks: [&[&str]; N]) -> [Ahead; N] {
    let mut programs = Vec::new();
    let ahead = tasks.map(|task| {
        let (tell, said) = mpsc::channel();
        programs.push((program(task), tell));
        let line = format!("xtask {}", task.join(" "));
        Ahead { line, said }
    });
    thread::spawn(move || {
        for (program, tell) in programs {
            // Nobody listens where the steps have ended before.
            let _ = tell.send(program.and_then(|program| program.probe()));
        }
    });
    ahead
}

fn program(task: &[&str]) -> Result<Program> {
    let own = env::current_exe().context("this program is nowhere")?;
    let nice = Program::new("nice").args(["-n", "19"]).arg(own);
    Ok(nice.args(task.iter().copied()))
}

/// A task that has ended.
#[derive(Debug)]
pub struct Ended {
    line: String,
    said: Result<(bool, String)>,
}

impl Ahead {
    /// Waits for its end.
    pub fn end(self) -> Ended {
        let said = self.said.recv().context("it was not run");
        Ended {
            line: self.line,
            said: said.and_then(|said| said),
        }
    }
}

impl Ended {
    /// Shows what it said; an error when it failed.
    pub fn show(self) -> Result<()> {
        println!("  $ {} (begun before)", self.line);
        let (succeeded, said) = self.said?;
        print!("{said}");
        ensure!(succeeded, "`{}` failed", self.line);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_task_said_and_how_it_ended_is_told_in_its_turn() {
        // The program of these tests takes other arguments.
        let [listed, refused] = start([&["--list"], &["--no-such-flag"]]);
        let (refused, listed) = (refused.end(), listed.end());
        assert!(matches!(&listed.said, Ok((true, said)) if said.contains("in_its_turn: test")));
        assert!(listed.show().is_ok());
        assert!(refused.show().is_err());
    }
}
