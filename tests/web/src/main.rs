//! The cargo runner of wasm tests: runs a test binary in the browser that the environment names.
//!
//! `cargo xtask web-test` sets the environment.

fn main() -> anyhow::Result<()> {
    wasm_bindgen_cli::wasm_bindgen_test_runner::run_cli_with_args(std::env::args_os())
}
