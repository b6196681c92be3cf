//! The environment in which wasm-bindgen's test runner finds a browser.

use std::env;
use std::fs;
use std::process::Command;
use std::str::FromStr;

use anyhow::{Context as _, bail};

use crate::display::Display;
use crate::engine::Engine;

/// Seconds in which a test binary has to end, and its driver has to listen.
const LIMITS: [(&str, &str); 2] = [
    ("WASM_BINDGEN_TEST_TIMEOUT", "120"),
    ("WASM_BINDGEN_TEST_DRIVER_TIMEOUT", "30"),
];

/// Where in a browser tests run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(clippy::exhaustive_enums, reason = "those that tests use")]
pub enum Scope {
    /// A page.
    Page,
    /// A dedicated worker.
    Worker,
    /// A shared worker.
    SharedWorker,
    /// A service worker.
    ServiceWorker,
}

impl Scope {
    fn variable(self) -> &'static str {
        match self {
            Self::Page => "WASM_BINDGEN_USE_BROWSER",
            Self::Worker => "WASM_BINDGEN_USE_DEDICATED_WORKER",
            Self::SharedWorker => "WASM_BINDGEN_USE_SHARED_WORKER",
            Self::ServiceWorker => "WASM_BINDGEN_USE_SERVICE_WORKER",
        }
    }
}

impl FromStr for Scope {
    type Err = anyhow::Error;

    fn from_str(key: &str) -> anyhow::Result<Self> {
        match key {
            "page" => Ok(Self::Page),
            "worker" => Ok(Self::Worker),
            "shared-worker" => Ok(Self::SharedWorker),
            "service-worker" => Ok(Self::ServiceWorker),
            _ => bail!("`{key}` is none of page, worker, shared-worker, service-worker"),
        }
    }
}

/// Runs this program again, with its own arguments, as the runner of wasm tests in this engine;
/// whether the tests passed.
///
/// # Errors
/// When the runner cannot be started.
pub fn run_tests(engine: Engine, scope: Scope) -> anyhow::Result<bool> {
    let folder = tempfile::Builder::new().prefix("web").tempdir()?;
    let capabilities = folder.path().join("capabilities.json");
    fs::write(&capabilities, engine.capabilities_text())?;
    let display = if engine.needs_display() {
        Some(Display::start((1024, 768))?)
    } else {
        None
    };
    let mut command = Command::new(env::current_exe()?);
    command
        .args(env::args_os().skip(1))
        .env_remove("TARO_SOCKET_WEB_ENGINE")
        .env(driver_variable(engine), engine.driver())
        .env(scope.variable(), "1")
        .env("WASM_BINDGEN_TEST_WEBDRIVER_JSON", &capabilities)
        .env("TMPDIR", folder.path());
    for (name, seconds) in LIMITS {
        if env::var_os(name).is_none() {
            command.env(name, seconds);
        }
    }
    // The runner takes the first driver that it finds named.
    for other in Engine::ALL.into_iter().filter(|other| *other != engine) {
        command.env_remove(driver_variable(other));
    }
    if let Some(display) = &display {
        command.env("DISPLAY", display.name());
    }
    let status = command.status().context("cannot start the runner")?;
    Ok(status.success())
}

fn driver_variable(engine: Engine) -> &'static str {
    match engine {
        Engine::Chromium => "CHROMEDRIVER",
        Engine::Firefox => "GECKODRIVER",
        Engine::WebKit => "SAFARIDRIVER",
    }
}
