//! The one table of platforms.

/// A platform: its names, its adapter, its evidence and what that evidence is made from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PlatformEntry {
    /// Taro's name, also the facade's feature and the name of the host package.
    pub key: &'static str,
    /// The name shown in the support matrix.
    pub display_name: &'static str,
    /// Folder of the adapter below `crates/`.
    pub adapter: &'static str,
    /// Evidence files below `tests/results/`. Where there are several, their names say what each is of:
    /// `h5-firefox-worker.jsonl` is of a worker in Firefox.
    pub evidence: &'static [&'static str],
    /// Folders besides the adapter's that only some platforms include.
    pub shares: &'static [&'static str],
}

/// What the adapters of JavaScript hosts share.
const JS: &[&str] = &["crates/taro-socket-js"];

/// Folders whose sources every platform's build includes.
const COMMON_SOURCES: &[&str] = &[
    "crates/taro-socket",
    "crates/taro-socket-api",
    "tests/conformance",
    "tests/protocol",
    "tests/server",
];

/// In the order of the support matrix's columns.
const PLATFORMS: &[PlatformEntry] = &[
    PlatformEntry {
        key: "weapp",
        display_name: "WeChat Mini-Program",
        adapter: "taro-socket-weapp",
        evidence: &["weapp.jsonl"],
        shares: JS,
    },
    PlatformEntry {
        key: "swan",
        display_name: "Baidu Smart-Program",
        adapter: "taro-socket-swan",
        evidence: &["swan.jsonl"],
        shares: JS,
    },
    PlatformEntry {
        key: "alipay",
        display_name: "Alipay Mini-Program",
        adapter: "taro-socket-alipay",
        evidence: &["alipay.jsonl"],
        shares: JS,
    },
    PlatformEntry {
        key: "h5",
        display_name: "H5",
        adapter: "taro-socket-h5",
        evidence: &[
            "h5-chromium-page.jsonl",
            "h5-chromium-worker.jsonl",
            "h5-firefox-page.jsonl",
            "h5-firefox-worker.jsonl",
            "h5-webkit-page.jsonl",
            "h5-webkit-worker.jsonl",
        ],
        shares: JS,
    },
    PlatformEntry {
        key: "rn",
        display_name: "React Native",
        adapter: "taro-socket-rn",
        evidence: &["rn.jsonl"],
        shares: JS,
    },
    PlatformEntry {
        key: "native",
        display_name: "Native",
        adapter: "taro-socket-native",
        evidence: &["native.jsonl"],
        shares: &[],
    },
    PlatformEntry {
        key: "mock",
        display_name: "Mock",
        adapter: "taro-socket-mock",
        evidence: &["mock.jsonl"],
        shares: &[],
    },
];

/// Every platform, in the order of the support matrix's columns.
#[must_use]
pub fn platforms() -> &'static [PlatformEntry] {
    PLATFORMS
}

/// The platform with this key.
#[must_use]
pub fn platform(key: &str) -> Option<&'static PlatformEntry> {
    PLATFORMS.iter().find(|entry| entry.key == key)
}

impl PlatformEntry {
    /// Name of the package that runs the suite on this platform.
    #[must_use]
    pub fn host_package(&self) -> String {
        format!("taro-socket-host-{}", self.key)
    }

    /// What an evidence file is of: engine and scope, where the platform has several files.
    #[must_use]
    pub fn variant(&self, file: &str) -> Option<(String, String)> {
        let name = file.strip_prefix(self.key)?.strip_suffix(".jsonl")?;
        let (engine, scope) = name.strip_prefix('-')?.split_once('-')?;
        Some((engine.to_owned(), scope.to_owned()))
    }

    /// Folders, relative to the root, whose sources make up the platform's fingerprint.
    #[must_use]
    pub fn sources(&self) -> Vec<std::path::PathBuf> {
        let own = [
            format!("crates/{}", self.adapter),
            format!("tests/hosts/{}", self.key),
        ];
        let common = COMMON_SOURCES.iter().chain(self.shares);
        let common = common.map(|&folder| folder.to_owned());
        let mut folders: Vec<_> = common.chain(own).map(Into::into).collect();
        folders.sort();
        folders
    }

    /// Whether the adapter's crate is there.
    #[cfg(feature = "files")]
    #[must_use]
    pub fn exists(&self, root: &std::path::Path) -> bool {
        root.join("crates")
            .join(self.adapter)
            .join("Cargo.toml")
            .is_file()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_and_evidence_files_are_unique() {
        let mut keys: Vec<_> = platforms().iter().map(|entry| entry.key).collect();
        let mut files: Vec<_> = platforms()
            .iter()
            .flat_map(|entry| entry.evidence)
            .collect();
        keys.sort_unstable();
        keys.dedup();
        files.sort_unstable();
        files.dedup();
        assert_eq!((keys.len(), files.len()), (7, 12));
    }

    #[test]
    fn names_of_files_say_what_they_are_of() {
        let h5 = platform("h5").unwrap();
        let of = |file| h5.variant(file);
        assert_eq!(
            of("h5-firefox-worker.jsonl"),
            Some(("firefox".into(), "worker".into()))
        );
        assert!(h5.evidence.iter().all(|file| of(file).is_some()));
        assert_eq!(platform("native").unwrap().variant("native.jsonl"), None);
        assert!(h5.sources().contains(&"crates/taro-socket-js".into()));
    }

    #[test]
    fn a_platform_is_found_by_key() {
        assert_eq!(
            platform("swan").unwrap().display_name,
            "Baidu Smart-Program"
        );
        assert_eq!(
            platform("native").unwrap().host_package(),
            "taro-socket-host-native"
        );
        assert!(platform("quickapp").is_none());
    }
}
