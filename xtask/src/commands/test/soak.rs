//! Many connections in a row leave nothing.

use anyhow::{Context as _, Result};
use taro_socket_report::platform;

use crate::commands::conformance;
use crate::steps::Steps;
use crate::{programs, repository};

/// Simulated hosts in which many connections are made.
const SOAKED: [(&str, &str, &str); 4] = [
    ("weapp", "android", "wasm"),
    ("alipay", "base64", "js"),
    ("rn", "android-88", "js"),
    // Here binary messages are worth nothing unless they go as base64, which is checked as well.
    ("swan", "text-binary", "js"),
];

pub fn all(steps: &mut Steps) {
    steps.run("1000 connections in a page leave nothing", |_| in_a_page());
    for (platform, variant, form) in SOAKED {
        let name = format!("1000 connections on {platform} leave nothing");
        steps.run(&name, |_| simulated(platform, variant, form));
    }
}

fn in_a_page() -> Result<()> {
    let host = programs::quick("taro-socket-host-h5")?;
    host.args(["--soak", "1000"]).run()
}

fn simulated(key: &str, variant: &str, form: &str) -> Result<()> {
    let entry = platform(key).context("no such platform")?;
    // By it the program finds the page that it has packed before.
    let fingerprint = conformance::current_fingerprint(&repository::root(), entry)?;
    let mut host = programs::quick(&entry.host_package())?;
    if entry.host != entry.key {
        // One program runs several platforms.
        host = host.args(["--platform", key]);
    }
    host.args(["--variant", variant, "--form", form])
        .args(["--soak", "1000", "--fingerprint", &fingerprint])
        .run()
}
