//! The record of one case.

use serde::{Deserialize, Serialize};

/// How one case ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[expect(
    clippy::exhaustive_enums,
    reason = "the matrix gives each status its own meaning"
)]
pub enum Status {
    /// The platform did what the case asks for.
    Passed,
    /// It did not.
    Failed,
    /// The case was not run, since the platform does not declare what it requires.
    Unsupported,
}

/// What became of one case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outcome {
    /// Identifier of the case, for example `close/local/code-and-reason`.
    pub id: String,
    /// Area of the suite, the first part of the identifier.
    pub area: String,
    /// Where the rule stands, for example `RFC 6455 §7.4.1`.
    pub spec: String,
    /// Names of the capabilities that the case needs; with a leading `!`, one that must be absent.
    pub requires: Vec<String>,
    /// Taro API names and capabilities that the case bears on, for example
    /// `SocketTask.send`, `ConnectSocketOption.header`, `Capability.RequestHeader`.
    pub covers: Vec<String>,
    /// How it ended.
    pub status: Status,
    /// Why it failed or was not run.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
}

impl Outcome {
    /// Whether the case proves that something undeclared is refused.
    #[must_use]
    pub fn is_refusal_probe(&self) -> bool {
        self.requires.iter().any(|name| name.starts_with('!'))
    }
}
