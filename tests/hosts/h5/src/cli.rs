//! The command line.

use clap::{Parser, ValueEnum};
use taro_socket_conformance::runner::RunArgs;
use taro_socket_web::Engine;

#[derive(Debug, Parser)]
#[command(about)]
pub(crate) struct Cli {
    #[command(flatten)]
    pub(crate) run: RunArgs,
    /// chromium, firefox or webkit.
    #[arg(long, default_value = "chromium")]
    pub(crate) browser: Engine,
    #[arg(long, value_enum, default_value_t)]
    pub(crate) scope: Scope,
    /// Runs Taro's own H5 task instead of ours.
    #[arg(long)]
    pub(crate) taro: bool,
    /// Connects and closes so many times instead, and looks at what is left.
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub(crate) soak: usize,
}

/// Where the suite runs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Scope {
    #[default]
    Page,
    /// A dedicated worker.
    Worker,
}

impl Scope {
    pub(crate) fn key(self) -> &'static str {
        match self {
            Self::Page => "page",
            Self::Worker => "worker",
        }
    }
}
