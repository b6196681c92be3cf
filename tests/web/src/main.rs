//! The cargo runner of wasm tests: runs a test binary in the browser that the environment names.
//!
//! `TARO_SOCKET_WEB_ENGINE` is `chromium`, `firefox` or `webkit`, `TARO_SOCKET_WEB_SCOPE`
//! is `page` or `worker`. Without an engine the variables of wasm-bindgen's runner decide.
//! `cargo xtask web-test` sets both.

use std::env;
use std::process::ExitCode;

use wasm_bindgen_cli::wasm_bindgen_test_runner::run_cli_with_args;

fn main() -> ExitCode {
    let passed = match env::var("TARO_SOCKET_WEB_ENGINE") {
        Ok(engine) => in_engine(&engine),
        Err(_) => run_cli_with_args(env::args_os()).map(|()| true),
    };
    let passed = passed.unwrap_or_else(|error| {
        eprintln!("error: {error:#}");
        false
    });
    ExitCode::from(u8::from(!passed))
}

fn in_engine(engine: &str) -> anyhow::Result<bool> {
    let scope = env::var("TARO_SOCKET_WEB_SCOPE").unwrap_or_else(|_| "page".to_owned());
    taro_socket_web::run_tests(engine.parse()?, scope.parse()?)
}
