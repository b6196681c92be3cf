//! What goes wrong in a test, and how the task reports it.

use std::fmt;

use taro_socket_api::{Error, ErrorKind};

/// What went wrong between a test and its scripts.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum MockError {
    /// A connect found neither a script nor a server.
    NoScript {
        /// The URL dialled.
        url: String,
    },
    /// A step's expectation was not met.
    Unmet {
        /// Place in the script, from 1.
        step: usize,
        /// What the step expected.
        expected: String,
        /// What came instead.
        came: String,
    },
}

impl fmt::Display for MockError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoScript { url } => write!(f, "no script is left for a connect to {url}"),
            Self::Unmet {
                step,
                expected,
                came,
            } => write!(f, "step {step} expected {expected}, but {came} came"),
        }
    }
}

impl std::error::Error for MockError {}

/// How a task reports it; the source is the [`MockError`].
pub(crate) fn from_host(error: MockError) -> Error {
    let kind = match error {
        MockError::NoScript { .. } => ErrorKind::Connect,
        MockError::Unmet { .. } => ErrorKind::Aborted,
    };
    Error::new(kind, error.to_string()).with_source(error)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_error_has_its_kind_and_text() {
        let unmet = MockError::Unmet {
            step: 2,
            expected: "text \"a\"".into(),
            came: "text \"b\"".into(),
        };
        let no_script = MockError::NoScript {
            url: "ws://a/".into(),
        };
        for (error, kind, text) in [
            (
                no_script,
                ErrorKind::Connect,
                "no script is left for a connect to ws://a/",
            ),
            (
                unmet,
                ErrorKind::Aborted,
                "step 2 expected text \"a\", but text \"b\" came",
            ),
        ] {
            let reported = from_host(error);
            assert_eq!((reported.kind(), reported.reason()), (kind, text));
            let source = std::error::Error::source(&reported);
            assert!(source.is_some_and(|source| source.is::<MockError>()));
        }
    }
}
