//! What the tests share: the package's folder, and scripts of Node.js.

use std::path::Path;
use std::process::Command;

use taro_socket_pack::{Options, Target};
use tempfile::TempDir;

pub(crate) fn here() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Whether the script of this folder passes, and what it says.
pub(crate) fn node(script: &str, args: &[&str]) -> (bool, String) {
    let mut command = Command::new("node");
    command.arg(here().join("tests").join(script));
    let output = command.args(args).output().unwrap();
    let said = [output.stdout, output.stderr].concat();
    let said = String::from_utf8_lossy(&said).into_owned();
    (output.status.success(), said)
}

/// The fixture, packed into this folder.
pub(crate) fn fixture(target: Target, out: &TempDir) -> Options {
    let mut options = Options::new(target, here().join("fixture"));
    options.out = Some(out.path().to_owned());
    options
}
