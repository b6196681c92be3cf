//! The cargo runner of wasm tests: runs a test binary in the browser that the environment names.
//!
//! `TARO_SOCKET_WEB_ENGINE` is `chromium`, `firefox` or `webkit`, `TARO_SOCKET_WEB_SCOPE`
//! is `page` or `worker`. Without an engine the variables of wasm-bindgen's runner decide.
//! `cargo xtask web-test` sets both.

use std::env;
use std::process::ExitCode;

use wasm_bindgen_cli::wasm_bindgen_test_runner::run_cli_with_args;

fn main() -> anyhow::Result<ExitCode> {
    let Ok(engine) = env::var("TARO_SOCKET_WEB_ENGINE") else {
        run_cli_with_args(env::args_os())?;
        return Ok(ExitCode::SUCCESS);
    };
    let scope = env::var("TARO_SOCKET_WEB_SCOPE").unwrap_or_else(|_| "page".to_owned());
    let passed = taro_socket_web::run_tests(engine.parse()?, scope.parse()?)?;
    Ok(ExitCode::from(u8::from(!passed)))
}
