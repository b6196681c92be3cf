//! QEMU, which runs programs of other processors.

use super::{Item, browsers::is_on_path, debian};

const PACKAGE: &str = "qemu-user-static";

/// Runs programs of aarch64 for Linux.
pub const PROGRAM: &str = "qemu-aarch64-static";

pub const ITEM: Item = Item {
    name: "QEMU for programs of aarch64",
    remedy: "on Debian `apt-get install qemu-user-static`",
    present: || Ok(is_on_path(PROGRAM)),
    install: || debian::install(&[PACKAGE]),
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_remedy_names_what_is_installed() {
        assert!(ITEM.remedy.contains(PACKAGE));
    }
}
