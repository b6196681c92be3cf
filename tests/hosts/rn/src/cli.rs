//! The command line.

use clap::{Parser, ValueEnum};
use taro_socket_conformance::runner::RunArgs;

#[derive(Debug, Parser)]
#[command(about)]
pub(crate) struct Cli {
    #[command(flatten)]
    pub(crate) run: RunArgs,
    #[arg(long, value_enum)]
    pub(crate) variant: Variant,
    #[arg(long, value_enum, default_value_t)]
    pub(crate) form: Form,
    /// Instead of the suite: so many connections that must leave nothing.
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub(crate) soak: usize,
}

/// A system, and a version of React Native.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Variant {
    /// 0.88.1 over Android's module.
    #[value(name = "android-88")]
    Android88,
    /// 0.88.1 over that of iOS.
    #[value(name = "ios-88")]
    Ios88,
    /// 0.76.9 over Android's module.
    #[value(name = "android-76")]
    Android76,
    /// 0.76.9 over that of iOS.
    #[value(name = "ios-76")]
    Ios76,
    /// 0.88.1 over a module of Android's that calls back before its calls return.
    #[value(name = "android-88-sync")]
    Android88Sync,
    /// 0.88.1 over one of iOS that does.
    #[value(name = "ios-88-sync")]
    Ios88Sync,
}

impl Variant {
    pub(crate) fn key(self) -> &'static str {
        match self {
            Self::Android88 => "android-88",
            Self::Ios88 => "ios-88",
            Self::Android76 => "android-76",
            Self::Ios76 => "ios-76",
            Self::Android88Sync => "android-88-sync",
            Self::Ios88Sync => "ios-88-sync",
        }
    }

    pub(crate) fn is_android(self) -> bool {
        matches!(
            self,
            Self::Android88 | Self::Android76 | Self::Android88Sync
        )
    }

    pub(crate) fn is_synchronous(self) -> bool {
        matches!(self, Self::Android88Sync | Self::Ios88Sync)
    }

    /// The version of React Native.
    pub(crate) fn version(self) -> &'static str {
        match self {
            Self::Android76 | Self::Ios76 => "0.76.9",
            Self::Android88 | Self::Ios88 | Self::Android88Sync | Self::Ios88Sync => "0.88.1",
        }
    }
}

/// What the module is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Form {
    /// Plain JavaScript, made by wasm2js: Hermes has no WebAssembly.
    #[default]
    Js,
}

impl Form {
    pub(crate) fn key(self) -> &'static str {
        match self {
            Self::Js => "js",
        }
    }
}
