//! The project for React Native as it is, in the simulated hosts: it runs to its end whatever befalls it, and is never
//! taken for a device.

use std::process::Command;

use crate::support::{CASES_RUN, Device, all_passed, denies, runs};

/// It lasts long enough to be seen on the screen.
const LONG: &str = CASES_RUN[6];

/// The host in one of its variants.
const fn host(variant: &'static str) -> [&'static str; 3] {
    ["tests/rn/start.js", "--variant", variant]
}

#[tokio::test]
async fn the_project_runs_on_android() {
    runs("rn", &host("android-88")).await;
    runs("rn", &host("android-76")).await;
}

#[tokio::test]
async fn the_project_runs_on_ios() {
    runs("rn", &host("ios-88")).await;
    runs("rn", &host("ios-76")).await;
}

#[tokio::test]
async fn an_app_that_was_killed_goes_on_where_it_was() {
    let mut device = Device::new("rn", &host("android-88"));
    device.run(&["--kill-in", LONG]).await;
    device.run(&[]).await;
    let (evidence, told) = device.evidence().await;
    all_passed(&evidence);
    let ids: Vec<_> = told.iter().map(|outcome| outcome.id.as_str()).collect();
    assert_eq!(ids, CASES_RUN, "each case has run once");
}

#[tokio::test]
async fn what_runs_while_the_app_leaves_the_screen_is_run_again() {
    let mut device = Device::new("rn", &host("ios-88"));
    device.run(&["--hide-in", LONG]).await;
    let (evidence, told) = device.evidence().await;
    all_passed(&evidence);
    assert_eq!(told.last().unwrap().id, LONG, "{told:?}");
}

#[tokio::test]
async fn a_simulated_host_is_known_even_if_the_program_denies_it() {
    denies("rn", &host("android-88"), "isSimulated(found)").await;
}

#[test]
fn emulators_and_what_is_not_known_are_no_devices() {
    let check = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/rn/about.js");
    let output = Command::new("node").arg(check).output().unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
}
