//! Why a text is not evidence.

use crate::RunEnd;

/// Why a text is not the evidence of a finished run.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum EvidenceError {
    /// A line is not a record.
    #[error("line {line} is not a record: {source}")]
    Json {
        /// Number of the line, from 1.
        line: usize,
        /// What the JSON reader says.
        source: serde_json::Error,
    },
    /// The first line is not a header.
    #[error("the first line is not a header")]
    MissingHeader,
    /// The header names a format that this crate does not know.
    #[error("format {0} is unknown")]
    UnknownFormat(u64),
    /// There is a second header, or something after the end record.
    #[error("line {line} does not belong there")]
    Misplaced {
        /// Number of the line, from 1.
        line: usize,
    },
    /// Two lines tell of the same case.
    #[error("case `{0}` is there twice")]
    DuplicateId(String),
    /// There is no end record: the run did not finish.
    #[error("no end record: the run did not finish")]
    MissingEnd,
    /// The end record does not count what the lines hold.
    #[error("the end record says {stated:?}, the lines hold {counted:?}")]
    CountMismatch {
        /// What the end record says.
        stated: RunEnd,
        /// What the lines hold.
        counted: RunEnd,
    },
}
