//! Packs a crate for a mini-program, React Native or browsers: `cargo xtask pack --help`.
#![allow(
    clippy::print_stdout,
    reason = "a command-line program talks on standard output"
)]

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Parser;
use taro_socket_pack::{Form, Options, Packed, Target, pack};

/// Packs a crate as an npm package for a mini-program, React Native or browsers.
#[derive(Debug, Parser)]
#[command(bin_name = "cargo xtask pack")]
struct Cli {
    /// The platform.
    #[arg(value_enum)]
    target: Target,
    /// The crate's folder; by default this one, and in this repository's root the template.
    path: Option<PathBuf>,
    /// Where to; `dist/<target>` in the crate's folder by default.
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// The package's name; the crate's by default.
    #[arg(long)]
    name: Option<String>,
    /// What the crate becomes; what works on the platform by default.
    #[arg(long, value_enum)]
    form: Option<Form>,
    /// Features beside the default ones.
    #[arg(long, value_delimiter = ',')]
    features: Vec<String>,
    /// Without the default features.
    #[arg(long)]
    no_default_features: bool,
    /// The crate's own cargo profile; by default one that makes it small.
    #[arg(long)]
    profile: Option<String>,
    /// Builds the standard library too: less code, and a panic stops the module without a text
    ///
    /// No panic hook is called either. The first build takes half a minute more, and needs the component `rust-src`.
    /// It takes options of the compiler that are not stable, which only a toolchain of one known version makes safe.
    /// `cargo xtask size` shows what is gained.
    #[arg(long)]
    rebuild_std: bool,
    /// Leaves names in, and the glue readable.
    #[arg(long)]
    debug: bool,
    /// The folder that paths start from; this one by default.
    #[arg(long, hide = true, default_value = "")]
    from: PathBuf,
}

fn main() -> ExitCode {
    match pack(&options(Cli::parse())) {
        Ok(packed) => {
            show(&packed);
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn options(cli: Cli) -> Options {
    let path = cli.path.unwrap_or_else(|| default_path(&cli.from));
    let mut options = Options::new(cli.target, cli.from.join(path));
    options.form = cli.form.unwrap_or(options.form);
    options.out = cli.out.map(|out| cli.from.join(out));
    options.name = cli.name;
    options.features = cli.features;
    options.default_features = !cli.no_default_features;
    options.profile = cli.profile;
    options.rebuild_std = cli.rebuild_std;
    options.debug = cli.debug;
    options
}

/// The root is a workspace and no crate.
fn default_path(from: &Path) -> PathBuf {
    let template = Path::new("templates/mini");
    let root = from.join("xtask/pack").is_dir() && from.join(template).is_dir();
    if root { template } else { Path::new("") }.to_owned()
}

fn show(packed: &Packed) {
    println!("{} in {}", packed.name, packed.folder.display());
    let width = packed.files.iter().map(|file| file.name.len()).max();
    let width = width.unwrap_or_default();
    println!("{:width$} {:>9} {:>9}", "file", "bytes", "brotli");
    for file in &packed.files {
        println!("{:width$} {:>9} {:>9}", file.name, file.bytes, file.brotli);
    }
}
