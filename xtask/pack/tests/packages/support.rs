//! What the tests share: packages that several of them look at, folders, and scripts of Node.js.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use taro_socket_pack::{Options, Packed, Target, pack};
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

/// The fixture, to be packed into this folder.
pub(crate) fn fixture(target: Target, out: &TempDir) -> Options {
    let mut options = Options::new(target, here().join("fixture"));
    options.out = Some(out.path().to_owned());
    options
}

/// A package, and the folder that holds it.
type Made = (Packed, TempDir);

/// Those of one crate, each made when it is first asked for.
struct Shelf {
    weapp: OnceLock<Made>,
    alipay: OnceLock<Made>,
    swan: OnceLock<Made>,
    rn: OnceLock<Made>,
}

impl Shelf {
    const fn new() -> Self {
        Self {
            weapp: OnceLock::new(),
            alipay: OnceLock::new(),
            swan: OnceLock::new(),
            rn: OnceLock::new(),
        }
    }

    fn of(&self, target: Target, change: impl FnOnce(&mut Options)) -> &Packed {
        let place = match target {
            Target::Weapp => &self.weapp,
            Target::Alipay => &self.alipay,
            Target::Swan => &self.swan,
            Target::Rn => &self.rn,
            other => panic!("{other:?} has no place here"),
        };
        let make = || {
            let out = TempDir::new().unwrap();
            let mut options = fixture(target, &out);
            change(&mut options);
            (pack(&options).unwrap(), out)
        };
        &place.get_or_init(make).0
    }
}

/// The fixture as it is packed for this platform.
pub(crate) fn packed(target: Target) -> &'static Packed {
    static SHELF: Shelf = Shelf::new();
    SHELF.of(target, |options| options.name = Some("chat.js".to_owned()))
}

/// The crate of the templates as it is packed for this platform.
pub(crate) fn template(target: Target) -> &'static Packed {
    static SHELF: Shelf = Shelf::new();
    SHELF.of(target, |options| options.path = templates().join("mini"))
}

pub(crate) fn templates() -> PathBuf {
    here().join("../../templates")
}
