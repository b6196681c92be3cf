//! How a host lets the module in: what its sources leave open is another thing in each variant.

use crate::cli::{Cli, Form, Platform};

/// Options of the host's program.
///
/// WeChat documents `.wasm.br` and an instance, and is reported to give an object that holds it; some clients are
/// reported to lack `globalThis`.
pub(crate) fn options(cli: &Cli) -> Vec<&'static str> {
    let variant = (cli.platform, cli.variant.as_str());
    let mut options = match (cli.form, variant) {
        (Form::Js, _) => vec!["--wasm", "none"],
        (Form::Wasm, (Platform::Weapp, "devtools")) => {
            vec!["--wasm", "br", "--instance-shape", "result"]
        }
        (Form::Wasm, (Platform::Weapp, "ios")) => {
            vec!["--wasm", "wasm", "--instance-shape", "result"]
        }
        (Form::Wasm, _) => vec!["--wasm", "wasm"],
    };
    if variant == (Platform::Weapp, "ios") {
        options.push("--no-globalthis");
    }
    options
}
