//! The project as it is, in the simulated hosts: it runs to its end whatever befalls it, and is never taken for a
//! device.

use taro_socket_report::Status;

use crate::support::{CASES_RUN, Device, all_passed, denies, runs};

/// The host of mini-programs.
const fn host(key: &'static str) -> [&'static str; 3] {
    ["../mini/host/start.js", "--platform", key]
}

#[tokio::test]
async fn the_project_for_wechat_runs() {
    runs("weapp", &host("weapp")).await;
}

#[tokio::test]
async fn the_project_for_alipay_runs() {
    runs("alipay", &host("alipay")).await;
}

#[tokio::test]
async fn the_project_for_baidu_runs() {
    runs("swan", &host("swan")).await;
}

#[tokio::test]
async fn an_app_that_was_killed_goes_on_where_it_was() {
    let mut device = Device::new("weapp", &host("weapp"));
    device.run(&["--kill-in", CASES_RUN[3]]).await;
    device.run(&[]).await;
    let (evidence, told) = device.evidence().await;
    all_passed(&evidence);
    let ids: Vec<_> = told.iter().map(|outcome| outcome.id.as_str()).collect();
    assert_eq!(ids, CASES_RUN, "each case has run once");
}

#[tokio::test]
async fn what_runs_while_the_app_leaves_the_screen_is_run_again() {
    let mut device = Device::new("weapp", &host("weapp"));
    device.run(&["--hide-in", CASES_RUN[5]]).await;
    let (evidence, told) = device.evidence().await;
    all_passed(&evidence);
    let at = |id| told.iter().position(|outcome| outcome.id == id).unwrap();
    assert!(at(CASES_RUN[5]) > at(CASES_RUN[7]), "{told:?}");
}

#[tokio::test]
async fn a_case_that_kills_the_app_each_time_has_failed() {
    let mut device = Device::new("weapp", &host("weapp"));
    for _ in 0..3 {
        device.run(&["--kill-in", CASES_RUN[3]]).await;
    }
    device.run(&[]).await;
    let (evidence, _) = device.evidence().await;
    let failed = evidence
        .outcomes()
        .iter()
        .filter(|case| case.status == Status::Failed);
    let failed: Vec<_> = failed.map(|case| case.id.as_str()).collect();
    assert_eq!(
        (failed, evidence.end().passed),
        (vec![CASES_RUN[3]], CASES_RUN.len() - 1)
    );
}

#[tokio::test]
async fn a_simulated_host_is_known_even_if_the_program_denies_it() {
    denies("alipay", &host("alipay"), "isSimulated(info, api)").await;
}
