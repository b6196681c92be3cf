//! The command line.

use clap::{Parser, ValueEnum};
use taro_socket_conformance::runner::RunArgs;
use taro_socket_pack::Target;

#[derive(Debug, Parser)]
#[command(about)]
pub(crate) struct Cli {
    #[command(flatten)]
    pub(crate) run: RunArgs,
    #[arg(long, value_enum)]
    pub(crate) platform: Platform,
    /// A documented behaviour of the host: `node host/run.js --list` shows them.
    #[arg(long)]
    pub(crate) variant: String,
    #[arg(long, value_enum, default_value_t)]
    pub(crate) form: Form,
    /// Instead of the suite: one socket too many, the background, and so many connections that must leave nothing.
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub(crate) soak: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Platform {
    Weapp,
    Alipay,
    Swan,
}

impl Platform {
    pub(crate) fn key(self) -> &'static str {
        match self {
            Self::Weapp => "weapp",
            Self::Alipay => "alipay",
            Self::Swan => "swan",
        }
    }

    pub(crate) fn target(self) -> Target {
        match self {
            Self::Weapp => Target::Weapp,
            Self::Alipay => Target::Alipay,
            Self::Swan => Target::Swan,
        }
    }
}

/// What the module is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Form {
    /// WebAssembly.
    Wasm,
    /// Plain JavaScript, made of it by wasm2js.
    #[default]
    Js,
}

impl Form {
    pub(crate) fn key(self) -> &'static str {
        match self {
            Self::Wasm => "wasm",
            Self::Js => "js",
        }
    }

    pub(crate) fn packed(self) -> taro_socket_pack::Form {
        match self {
            Self::Wasm => taro_socket_pack::Form::Wasm,
            Self::Js => taro_socket_pack::Form::Js,
        }
    }
}
