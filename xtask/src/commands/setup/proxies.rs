//! The proxies that tests of the native adapter connect through.

use super::{Item, browsers::is_on_path, debian};

/// Of tinyproxy the program alone: its other package starts one for the whole machine.
const PACKAGES: &[&str] = &["tinyproxy-bin", "microsocks"];

/// What the packages bring.
const PROGRAMS: &[&str] = &["tinyproxy", "microsocks"];

pub const ITEM: Item = Item {
    name: "tinyproxy, microsocks",
    remedy: "on Debian `apt-get install tinyproxy-bin microsocks`",
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
