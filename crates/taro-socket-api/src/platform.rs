//! The platforms, under Taro's names.

use std::fmt;

/// A platform; its name is Taro's `TARO_ENV`, the cargo feature and the matrix column.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Platform {
    /// WeChat mini-program.
    Weapp,
    /// Baidu smart-program.
    Swan,
    /// Alipay mini-program.
    Alipay,
    /// Browser.
    H5,
    /// React Native.
    Rn,
    /// Desktop and server, on tokio.
    Native,
    /// The scripted peer for tests.
    Mock,
}

impl Platform {
    /// The lower-case name: `weapp`, `swan`, `alipay`, `h5`, `rn`, `native` or `mock`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Weapp => "weapp",
            Self::Swan => "swan",
            Self::Alipay => "alipay",
            Self::H5 => "h5",
            Self::Rn => "rn",
            Self::Native => "native",
            Self::Mock => "mock",
        }
    }
}

impl fmt::Display for Platform {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
