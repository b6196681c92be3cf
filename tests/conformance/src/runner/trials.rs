//! The cases as named tests.

use std::sync::Arc;

use libtest_mimic::Trial;
use taro_socket_api::CapabilitySet;
use taro_socket_report::{Outcome, Status};

use crate::{CASES, Case, Environment};

/// One test per case, its name behind `prefix`; what does not apply is shown as ignored.
pub fn trials(
    prefix: &str,
    capabilities: CapabilitySet,
    around: Environment,
    run: impl Fn(&'static Case) -> Outcome + Send + Sync + 'static,
) -> Vec<Trial> {
    let run = Arc::new(run);
    let trial = |case: &'static Case| {
        let run = Arc::clone(&run);
        let ignored = case.unsupported(capabilities, around).is_some();
        let test = move || {
            let outcome = run(case);
            match outcome.status {
                Status::Failed => Err(outcome.detail.unwrap_or_default().into()),
                Status::Passed | Status::Unsupported => Ok(()),
            }
        };
        Trial::test(format!("{prefix}{}", case.id), test).with_ignored_flag(ignored)
    };
    CASES.iter().copied().map(trial).collect()
}
