//! Why a case failed, and the macros that say so.

use std::{fmt, panic::Location};

use taro_socket_api::Error;

/// Why a case failed, with the line of the suite that found out.
#[derive(Clone, Debug)]
pub struct Failure {
    text: String,
    place: &'static Location<'static>,
}

impl Failure {
    /// A failure, at the caller's line.
    #[must_use]
    #[track_caller]
    pub fn new(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            place: Location::caller(),
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let file = self.place.file().rsplit(['/', '\\']).next();
        let (file, line) = (file.unwrap_or_default(), self.place.line());
        write!(f, "{} ({file}:{line})", self.text)
    }
}

impl std::error::Error for Failure {}

impl From<Error> for Failure {
    #[track_caller]
    fn from(error: Error) -> Self {
        Self::new(format!("unexpected {error:?}"))
    }
}

/// Fails the case unless the condition holds.
macro_rules! ensure {
    ($condition:expr, $($text:tt)+) => {
        if !$condition {
            return Err($crate::Failure::new(format!($($text)+)));
        }
    };
}

/// Fails the case unless both values are equal.
macro_rules! ensure_eq {
    ($left:expr, $right:expr) => {
        ensure_eq!($left, $right, "{}", stringify!($left))
    };
    ($left:expr, $right:expr, $($text:tt)+) => {
        match (&$left, &$right) {
            (left, right) => {
                if *left != *right {
                    let what = format!($($text)+);
                    let text = format!("{what}: {left:?}, expected {right:?}");
                    return Err($crate::Failure::new(text));
                }
            }
        }
    };
}
