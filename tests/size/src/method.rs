//! The ways in which everything is built.

use std::thread;

use anyhow::{Result, anyhow};

/// How clients and packages are built.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Method {
    /// By cargo, wasm-bindgen, Binaryen and esbuild, as a crate's users do who change nothing.
    Plain,
    /// By `cargo xtask pack`, and for clients with a smaller allocator.
    Packed,
    /// The same, with the standard library made anew.
    Rebuilt,
}

/// Those of clients.
pub(crate) const CLIENTS: [Method; 3] = [Method::Plain, Method::Packed, Method::Rebuilt];
/// Those of packages.
pub(crate) const PACKAGES: [Method; 2] = [Method::Packed, Method::Rebuilt];

impl Method {
    /// What comes of each, in order. They go at the same time: one build keeps one core busy, and each method has
    /// folders of its own.
    pub(crate) fn each<T: Send>(
        methods: &[Self],
        make: impl Fn(Self) -> Result<T> + Sync,
    ) -> Result<Vec<T>> {
        thread::scope(|scope| {
            let make = &make;
            let start = |&method| scope.spawn(move || make(method));
            let started: Vec<_> = methods.iter().map(start).collect();
            let ended = started.into_iter();
            ended
                .map(|thread| thread.join().map_err(|_| anyhow!("a build panicked"))?)
                .collect()
        })
    }

    /// Its name in folders and for programs.
    pub(crate) fn key(self) -> &'static str {
        match self {
            Self::Plain => "plain",
            Self::Packed => "packed",
            Self::Rebuilt => "rebuilt",
        }
    }

    /// The head of its table of clients.
    pub(crate) fn title(self) -> &'static str {
        match self {
            Self::Plain => "By wasm-bindgen alone",
            Self::Packed => "Packed",
            Self::Rebuilt => "Packed, with the standard library rebuilt",
        }
    }

    /// What is done for it.
    pub(crate) fn words(self) -> &'static str {
        match self {
            Self::Plain => {
                "`wasm-bindgen --target web`, `wasm-opt -Oz`, `esbuild --minify`, and the standard library's allocator."
            }
            Self::Packed => "`cargo xtask pack h5`, and the allocator `rlsf`.",
            Self::Rebuilt => {
                "`cargo xtask pack h5 --rebuild-std`, and the allocator `rlsf`: no texts of panics."
            }
        }
    }

    /// The script of a client.
    pub(crate) fn script(self) -> &'static str {
        match self {
            Self::Plain => "client.js",
            Self::Packed | Self::Rebuilt => "index.js",
        }
    }

    pub(crate) fn rebuilds_std(self) -> bool {
        self == Self::Rebuilt
    }

    /// What a package says of the standard library in it.
    pub(crate) fn std(self) -> &'static str {
        if self.rebuilds_std() {
            "rebuilt"
        } else {
            "as it comes"
        }
    }
}

#[cfg(test)]
mod tests {
    use anyhow::bail;

    use super::*;

    #[test]
    fn methods_come_in_order_and_one_failure_is_that_of_all() {
        let keys = Method::each(&CLIENTS, |method| Ok(method.key())).unwrap();
        assert_eq!(keys, ["plain", "packed", "rebuilt"]);
        let failed = Method::each(&PACKAGES, |method| match method {
            Method::Rebuilt => bail!("no space"),
            _ => Ok(()),
        });
        assert_eq!(failed.unwrap_err().to_string(), "no space");
    }
}
