//! A child process that takes its descendants with it.

use std::fs;
use std::io;
use std::os::unix::process::CommandExt as _;
use std::process::{Child, Command};

use rustix::process::{Pid, Signal, kill_process, kill_process_group};

/// A child in a process group of its own. Dropping it ends it and all that it started.
#[derive(Debug)]
pub(crate) struct Family {
    child: Child,
}

impl Family {
    pub(crate) fn start(command: &mut Command) -> io::Result<Self> {
        let child = command.process_group(0).spawn()?;
        Ok(Self { child })
    }

    pub(crate) fn child(&mut self) -> &mut Child {
        &mut self.child
    }
}

impl Drop for Family {
    fn drop(&mut self) {
        // Found before the child is gone: then they belong to somebody else.
        let descendants = descendants(self.child.id());
        if let Some(pid) = pid(self.child.id()) {
            // An error says that nobody is left.
            let _ = kill_process_group(pid, Signal::KILL);
        }
        for pid in descendants.into_iter().filter_map(pid) {
            let _ = kill_process(pid, Signal::KILL);
        }
        let _ = self.child.wait();
    }
}

fn pid(id: u32) -> Option<Pid> {
    Pid::from_raw(i32::try_from(id).ok()?)
}

/// Browsers leave the group of their driver, so the table of processes is asked.
pub(crate) fn descendants(of: u32) -> Vec<u32> {
    let parents: Vec<_> = all().collect();
    let mut found = vec![of];
    let mut at = 0;
    while let Some(&parent) = found.get(at) {
        let children = parents.iter().filter(|(_, of)| *of == parent);
        found.extend(children.map(|(id, _)| *id));
        at += 1;
    }
    found.split_off(1)
}

/// Every process that runs, with its parent, from `/proc/<id>/stat`.
pub(crate) fn all() -> impl Iterator<Item = (u32, u32)> {
    let entries = fs::read_dir("/proc").into_iter().flatten().flatten();
    entries.filter_map(|entry| {
        let id = entry.file_name().to_str()?.parse().ok()?;
        let stat = fs::read_to_string(entry.path().join("stat")).ok()?;
        // The name stands in parentheses and may hold anything.
        let (_, rest) = stat.rsplit_once(')')?;
        let mut words = rest.split_whitespace();
        let runs = words.next()? != "Z";
        let parent = words.next()?.parse().ok()?;
        runs.then_some((id, parent))
    })
}

#[cfg(test)]
mod tests {
    use std::io::{BufRead as _, BufReader};
    use std::process::Stdio;

    use super::*;

    #[test]
    fn a_grandchild_in_a_group_of_its_own_ends_too() {
        let script = "setsid sh -c 'echo up; sleep 600' & wait";
        let mut command = Command::new("sh");
        command.args(["-c", script]).stdout(Stdio::piped());
        let mut family = Family::start(&mut command).unwrap();
        let mut output = BufReader::new(family.child().stdout.take().unwrap());
        let mut line = String::new();
        output.read_line(&mut line).unwrap();
        assert!(!descendants(family.child().id()).is_empty());
        drop(family);
        // Its end of the pipe is closed only when all of them are gone.
        assert_eq!(output.read_line(&mut line).unwrap(), 0);
    }
}
