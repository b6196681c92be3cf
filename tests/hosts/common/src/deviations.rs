//! What a host does against its standard or beyond its documentation, where the adapter cannot see it or help it.
//!
//! Such a case is run like every other. Failed, it counts as unsupported, with the reason from the host's list;
//! passed, it is a failure: the line is out of date.

use std::fmt::Display;

use taro_socket_conformance::{Outcome, Status};

/// The outcome as it counts. `does` says what `who` does in this case, if it is listed.
#[must_use]
pub fn judge(who: impl Display, does: Option<&str>, mut outcome: Outcome) -> Outcome {
    let Some(does) = does else {
        return outcome;
    };
    let (status, detail) = match (outcome.status, outcome.detail) {
        (Status::Failed, Some(detail)) => (Status::Unsupported, format!("{who} {does}; {detail}")),
        (Status::Passed, _) => (
            Status::Failed,
            format!("passes, but is listed: {who} {does}"),
        ),
        (status, detail) => (status, detail.unwrap_or_default()),
    };
    outcome.status = status;
    outcome.detail = Some(detail);
    outcome
}

/// Cases that look at a connection between the own close and the peer's answer.
const BEFORE_THE_ANSWER: &[&str] = &[
    "close/abort/closing",
    "close/answer/never",
    "close/local/ready-state",
    "close/requested/never-answered",
    "connect/task/constants",
    "send/state/after-close-requested",
];

/// What a synchronous variant of a simulated host does, where it matters to the case.
#[must_use]
pub fn ends_inside_close(id: &str) -> Option<&'static str> {
    let listed = BEFORE_THE_ANSWER.contains(&id);
    listed.then_some("tells the end of an own close inside the call, before the peer has answered")
}

#[cfg(test)]
mod tests {
    use taro_socket_conformance::CASES;

    use super::*;

    fn judged(status: Status, does: Option<&str>) -> (Status, String) {
        let outcome = CASES[0].outcome(status, Some("why".to_owned()));
        let outcome = judge("chromium", does, outcome);
        (outcome.status, outcome.detail.unwrap_or_default())
    }

    #[test]
    fn a_listed_case_may_only_fail() {
        let does = Some("does otherwise");
        let failed = judged(Status::Failed, does);
        assert_eq!(
            failed,
            (
                Status::Unsupported,
                "chromium does otherwise; why".to_owned()
            )
        );
        assert_eq!(judged(Status::Passed, does).0, Status::Failed);
        assert_eq!(judged(Status::Unsupported, does).0, Status::Unsupported);
        assert_eq!(judged(Status::Failed, None).0, Status::Failed);
        assert_eq!(judged(Status::Passed, None).0, Status::Passed);
    }
}
