//! What is to be packed, and for whom.

use std::path::PathBuf;

use anyhow::{Result, ensure};
use clap::ValueEnum;
use taro_socket_web::Lowering;

use crate::manifest::Crate;

/// A platform, under Taro's name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
#[non_exhaustive]
pub enum Target {
    /// WeChat.
    Weapp,
    /// Alipay.
    Alipay,
    /// Baidu.
    Swan,
    /// React Native.
    Rn,
    /// Browsers.
    H5,
}

impl Target {
    /// Its name in commands and folders.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Weapp => "weapp",
            Self::Alipay => "alipay",
            Self::Swan => "swan",
            Self::Rn => "rn",
            Self::H5 => "h5",
        }
    }

    /// What works on it where sockets are.
    #[must_use]
    pub fn form(self) -> Form {
        match self {
            Self::Weapp => Form::Wasm,
            // It has WebAssembly in workers only, and no sockets there.
            Self::Alipay => Form::Js,
            // Its documentation has no WebAssembly.
            Self::Swan => Form::Js,
            // Its engine, Hermes, has none: facebook/hermes#429.
            Self::Rn => Form::Js,
            Self::H5 => Form::Wasm,
        }
    }

    /// Whether it has ES modules, and WebAssembly as compilers make it.
    pub(crate) fn is_browser(self) -> bool {
        self == Self::H5
    }

    /// Whether a module may be handed over as bytes, to the standard `WebAssembly`: where that is there it is
    /// documented by no one, as in simulators in desktop engines.
    pub(crate) fn takes_bytes(self) -> bool {
        self.form() == Form::Js && self.loader().is_some()
    }

    /// The variable that loads modules of a package by their path; `None` where nothing does.
    pub(crate) fn loader(self) -> Option<&'static str> {
        match self {
            Self::Weapp => Some("WXWebAssembly"),
            Self::Alipay => Some("MYWebAssembly"),
            Self::Swan => Some("undefined"),
            Self::Rn | Self::H5 => None,
        }
    }

    /// Whether its engine makes no machine code: Hermes.
    pub(crate) fn is_interpreted(self) -> bool {
        self == Self::Rn
    }

    /// Whether its engine may have no classes: Hermes before version 1, where Babel does not come first.
    pub(crate) fn lacks_classes(self) -> bool {
        self == Self::Rn
    }
}

/// What the crate becomes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
#[non_exhaustive]
pub enum Form {
    /// WebAssembly, in files beside the glue.
    Wasm,
    /// Plain JavaScript, in one file with the glue.
    Js,
}

impl Form {
    pub(crate) fn lowering(self) -> Lowering {
        match self {
            Self::Wasm => Lowering::First,
            Self::Js => Lowering::PlainJs,
        }
    }

    /// Its name in commands and folders.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Wasm => "wasm",
            Self::Js => "js",
        }
    }
}

/// What is to be packed, and how.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Options {
    /// For which platform.
    pub target: Target,
    /// The crate's folder.
    pub path: PathBuf,
    /// What it becomes; what works on the platform by default.
    pub form: Form,
    /// Where to; `dist/<target>` in the crate's folder by default.
    pub out: Option<PathBuf>,
    /// The package's name; the crate's by default.
    pub name: Option<String>,
    /// Features beside the default ones.
    pub features: Vec<String>,
    /// Whether there are default ones.
    pub default_features: bool,
    /// The crate's own cargo profile; by default one that makes it small.
    pub profile: Option<String>,
    /// Builds the standard library too, without the texts of panics: [`taro_socket_web::rebuild_std`].
    pub rebuild_std: bool,
    /// Leaves names in, and the glue readable.
    pub debug: bool,
}

impl Options {
    /// The crate in the folder `path`, as it is best for the platform.
    pub fn new(target: Target, path: impl Into<PathBuf>) -> Self {
        Self {
            target,
            path: path.into(),
            form: target.form(),
            out: None,
            name: None,
            features: Vec::new(),
            default_features: true,
            profile: None,
            rebuild_std: false,
            debug: false,
        }
    }

    /// Whether the platform can load the form.
    pub(crate) fn check(&self) -> Result<()> {
        let (target, form) = (self.target, self.form);
        ensure!(
            form == Form::Js || target.is_browser() || target.loader().is_some(),
            "{} has no WebAssembly: there is only `--form js`",
            target.key()
        );
        ensure!(
            form == Form::Wasm || !target.is_browser(),
            "browsers have WebAssembly: there is only `--form wasm`"
        );
        Ok(())
    }

    pub(crate) fn folder(&self, krate: &Crate) -> PathBuf {
        let default = || krate.folder.join("dist").join(self.target.key());
        self.out.clone().unwrap_or_else(default)
    }
}
