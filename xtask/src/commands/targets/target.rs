//! The targets, and what there is to know of each.

/// A system and its processor.
#[derive(Debug, PartialEq)]
pub struct Target {
    /// rustc's name.
    pub name: &'static str,
    /// zig's name of what C is compiled for: where zig has no headers of the system, one that is alike, and nothing is
    /// linked.
    pub zig: &'static str,
    pub tests: Tests,
}

/// How programs for a target can be run here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tests {
    /// Not at all: it is compiled.
    No,
    /// As they are, on Linux and x86_64.
    Here,
    /// By QEMU.
    Emulated,
    /// By WINE.
    Wine,
}

pub const TARGETS: &[Target] = &[
    target("x86_64-unknown-linux-musl", "x86_64-linux-musl").tested(Tests::Here),
    target("i686-unknown-linux-musl", "x86-linux-musl").tested(Tests::Here),
    target("aarch64-unknown-linux-musl", "aarch64-linux-musl").tested(Tests::Emulated),
    target("aarch64-unknown-linux-gnu", "aarch64-linux-gnu"),
    target("i686-unknown-linux-gnu", "x86-linux-gnu"),
    target("x86_64-pc-windows-gnu", "x86_64-windows-gnu").tested(Tests::Wine),
    target("x86_64-pc-windows-msvc", "x86_64-windows-gnu"),
    target("aarch64-apple-darwin", "aarch64-macos"),
    target("x86_64-apple-darwin", "x86_64-macos"),
    target("aarch64-apple-ios", "aarch64-macos"),
    target("aarch64-linux-android", "aarch64-linux-musl"),
    target("armv7-linux-androideabi", "arm-linux-musleabi"),
    target("x86_64-linux-android", "x86_64-linux-musl"),
];

const fn target(name: &'static str, zig: &'static str) -> Target {
    let tests = Tests::No;
    Target { name, zig, tests }
}

/// The target of that name; otherwise all names, to choose from.
pub fn named(name: &str) -> Result<&'static Target, String> {
    let found = TARGETS.iter().find(|target| target.name == name);
    found.ok_or_else(|| {
        let names: Vec<_> = TARGETS.iter().map(|target| target.name).collect();
        format!("one of {}", names.join(", "))
    })
}

impl Target {
    const fn tested(self, tests: Tests) -> Self {
        Self { tests, ..self }
    }

    /// As names of variables have it.
    pub fn underscored(&self) -> String {
        self.name.replace('-', "_")
    }

    pub fn is_apple(&self) -> bool {
        self.name.contains("-apple-")
    }

    /// Whether its tools are Microsoft's.
    pub fn is_msvc(&self) -> bool {
        self.name.ends_with("-msvc")
    }
}

#[cfg(test)]
mod tests {
    use super::super::TELLING;
    use super::*;

    #[test]
    fn each_has_a_name_of_its_own_and_c_of_its_processor() {
        for target in TARGETS {
            let same = TARGETS.iter().filter(|other| other.name == target.name);
            assert_eq!(same.count(), 1, "{}", target.name);
            let [processor, zig] = [target.name, target.zig].map(|name| name.split('-').next());
            let zig = match zig {
                Some("x86") => Some("i686"),
                Some("arm") => Some("armv7"),
                other => other,
            };
            assert_eq!(processor, zig, "{}", target.name);
        }
    }

    #[test]
    fn what_is_run_is_compiled_for_what_it_is() {
        let run = TARGETS.iter().filter(|target| target.tests != Tests::No);
        for target in run {
            let (_, system) = target.zig.split_once('-').unwrap();
            assert!(target.name.ends_with(system), "{}", target.name);
        }
    }

    #[test]
    fn names_are_found_and_others_are_told_what_there_is() {
        assert!(named(TELLING).is_ok());
        let error = named("pdp11").unwrap_err();
        assert!(TARGETS.iter().all(|target| error.contains(target.name)));
    }
}
