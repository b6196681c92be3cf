//! Findings: all of them are collected before anything fails.

use std::fmt;

use anyhow::{Result, bail};

/// What a check found wrong.
#[derive(Debug, Default)]
pub struct Findings {
    errors: Vec<String>,
    warnings: Vec<String>,
}

impl Findings {
    /// Something that fails the check.
    pub fn error(&mut self, text: impl fmt::Display) {
        self.errors.push(text.to_string());
    }

    /// Something to look at.
    pub fn warn(&mut self, text: impl fmt::Display) {
        self.warnings.push(text.to_string());
    }

    pub fn errors(&self) -> &[String] {
        &self.errors
    }

    pub fn extend(&mut self, other: Self) {
        self.errors.extend(other.errors);
        self.warnings.extend(other.warnings);
    }

    /// Prints everything; an error when anything fails the check.
    pub fn conclude(mut self) -> Result<()> {
        self.errors.sort();
        self.warnings.sort();
        for warning in &self.warnings {
            println!("  warning: {warning}");
        }
        for error in &self.errors {
            println!("  {error}");
        }
        match self.errors.len() {
            0 => Ok(()),
            1 => bail!("1 finding"),
            count => bail!("{count} findings"),
        }
    }
}
