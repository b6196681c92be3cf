//! All that runs in a browser: drivers and sessions, wasm builds, the runner of wasm tests.
//!
//! [`Session`] is one driven browser. [`build`] and [`bindgen`] make what it loads,
//! [`optimize`], [`shrink`] and [`minify`] make it small, [`lower`] makes it fit for old engines. The program `taro-socket-web` is the
//! cargo runner of wasm tests. `cargo xtask setup` installs the browsers and tools.

mod binaryen;
mod bindgen;
mod build;
mod display;
mod driver;
mod engine;
mod esbuild;
mod flags;
mod folders;
mod kept;
mod npm;
mod processes;
mod runner;
mod session;
#[cfg(test)]
mod session_tests;

pub use binaryen::{Lowering, check_lowered, lower, optimize, shrink, wasm_to_js};
pub use bindgen::{Glue, bindgen};
pub use build::{Package, Profile, build, cargo, modules};
pub use engine::Engine;
pub use esbuild::{minify, minify_common};
pub use flags::{add_flags, rebuild_std, remap_std};
pub use folders::target as target_folder;
pub use runner::{Scope, run_tests};
pub use session::Session;
