//! The browsers, their drivers, and a display for the one that needs it.

use std::env;

use super::{Item, debian};
use crate::process::Program;
use crate::repository;

/// Newest version that was tried; it drives Firefox ESR of Debian.
const GECKODRIVER: &str = "0.37.1";

const PACKAGES: &[&str] = &[
    "chromium",
    "chromium-driver",
    "firefox-esr",
    "webkit2gtk-driver",
    "xvfb",
];

/// What the packages bring.
const PROGRAMS: &[&str] = &[
    "chromium",
    "chromedriver",
    "firefox-esr",
    "WebKitWebDriver",
    "Xvfb",
];

pub const BROWSERS: Item = Item {
    name: "Chromium, Firefox ESR, WebKitGTK driver, Xvfb",
    remedy: "on Debian `apt-get install chromium chromium-driver firefox-esr webkit2gtk-driver xvfb`",
    present: || Ok(PROGRAMS.iter().all(|program| is_on_path(program))),
    install: || debian::install(PACKAGES),
};

pub const GECKODRIVER_ITEM: Item = Item {
    name: "geckodriver",
    remedy: "cargo install geckodriver --version 0.37.1 --root target/tools",
    present: || Ok(geckodriver_is_there()),
    install: install_geckodriver,
};

pub(super) fn is_on_path(program: &str) -> bool {
    let path = env::var_os("PATH").unwrap_or_default();
    env::split_paths(&path).any(|folder| folder.join(program).is_file())
}

fn geckodriver_is_there() -> bool {
    let built = repository::target().join("tools/bin/geckodriver");
    let version = format!("geckodriver {GECKODRIVER}");
    let fits = |program: Program| {
        let said = program.arg("--version").probe();
        matches!(said, Ok((true, said)) if said.starts_with(&version))
    };
    fits(Program::new(built)) || fits(Program::new("geckodriver"))
}

/// The npm package of that name downloads a program; the crate is built here.
fn install_geckodriver() -> anyhow::Result<()> {
    // It hands requests on: optimizing it would take longer than it ever saves.
    let install = || {
        Program::cargo()
            .args(["install", "geckodriver", "--version", GECKODRIVER])
            .args(["--debug", "--root"])
            .arg(repository::target().join("tools"))
            .env("CARGO_PROFILE_DEV_DEBUG", "0")
    };
    // Its lock file may ask for what the registry no longer serves.
    install().arg("--locked").run().or_else(|_| install().run())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn programs_are_looked_up() {
        assert!(is_on_path("sh"));
        assert!(!is_on_path("taro-socket-no-such-program"));
    }

    #[test]
    fn remedies_name_what_is_installed() {
        let packages = BROWSERS.remedy.split_once("install ").unwrap().1;
        assert_eq!(packages.trim_end_matches('`'), PACKAGES.join(" "));
        assert!(GECKODRIVER_ITEM.remedy.contains(GECKODRIVER));
    }
}
