//! The two ways in which everything is built.

use std::thread;

use anyhow::{Result, anyhow};
use taro_socket_web::Profile;

/// How clients and packages are built.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Method {
    /// With the standard library as it comes, as a crate's users do who change nothing.
    Ordinary,
    /// With the standard library made anew, and for clients with a smaller allocator.
    Smallest,
}

impl Method {
    const ALL: [Self; 2] = [Self::Ordinary, Self::Smallest];

    /// What comes of each, in order. They go at the same time: one build keeps one core busy, and each method has
    /// folders of its own.
    pub(crate) fn each<T: Send>(make: impl Fn(Self) -> Result<T> + Sync) -> Result<Vec<T>> {
        thread::scope(|scope| {
            let make = &make;
            let started = Self::ALL.map(|method| scope.spawn(move || make(method)));
            let ended =
                started.map(|thread| thread.join().map_err(|_| anyhow!("a build panicked"))?);
            ended.into_iter().collect()
        })
    }

    /// Its name in folders and for programs.
    pub(crate) fn key(self) -> &'static str {
        match self {
            Self::Ordinary => "ordinary",
            Self::Smallest => "smallest",
        }
    }

    pub(crate) fn profile(self) -> Profile {
        match self {
            Self::Ordinary => Profile::Size,
            Self::Smallest => Profile::SizeWithStd,
        }
    }

    /// Features of a client.
    pub(crate) fn features(self) -> &'static [&'static str] {
        match self {
            Self::Ordinary => &[],
            Self::Smallest => &["rlsf"],
        }
    }

    pub(crate) fn rebuilds_std(self) -> bool {
        self == Self::Smallest
    }

    /// What a package says of the standard library in it.
    pub(crate) fn std(self) -> &'static str {
        match self {
            Self::Ordinary => "as it comes",
            Self::Smallest => "rebuilt",
        }
    }
}

#[cfg(test)]
mod tests {
    use anyhow::bail;

    use super::*;

    #[test]
    fn both_methods_come_in_order_and_one_failure_is_that_of_all() {
        let keys = Method::each(|method| Ok(method.key())).unwrap();
        assert_eq!(keys, ["ordinary", "smallest"]);
        let failed = Method::each(|method| match method {
            Method::Ordinary => Ok(()),
            Method::Smallest => bail!("no space"),
        });
        assert_eq!(failed.unwrap_err().to_string(), "no space");
    }
}
