//! WINE, which runs programs of Windows, and a linker for them.

use super::{Item, browsers::is_on_path, debian};

const PACKAGES: &[&str] = &["wine", "wine64", "gcc-mingw-w64-x86-64"];

/// Runs programs of Windows.
pub const PROGRAM: &str = "wine";

/// The linker is the one that rustc calls by itself.
const PROGRAMS: &[&str] = &[PROGRAM, "x86_64-w64-mingw32-gcc"];

pub const ITEM: Item = Item {
    name: "WINE, MinGW",
    remedy: "on Debian `apt-get install wine wine64 gcc-mingw-w64-x86-64`",
    present: || Ok(PROGRAMS.iter().all(|program| is_on_path(program))),
    install: || debian::install(PACKAGES),
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_remedy_names_what_is_installed() {
        assert!(ITEM.remedy.contains(&PACKAGES.join(" ")));
    }
}
