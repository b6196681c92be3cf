//! The one table of platforms.

use crate::HostKind;

/// A platform: its names, its adapter, its evidence and what that evidence is made from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PlatformEntry {
    /// Taro's name, also the facade's feature and the name of the host package.
    pub key: &'static str,
    /// The name shown in the support matrix.
    pub display_name: &'static str,
    /// Folder of the adapter below `crates/`.
    pub adapter: &'static str,
    /// Folder of the program that runs the suite, below `tests/hosts/`; its package is `taro-socket-host-` and this.
    pub host: &'static str,
    /// Evidence files below `tests/results/`. Where there are several, their names say what each is of:
    /// `h5-firefox-worker.jsonl` is of a worker in Firefox.
    pub evidence: &'static [&'static str],
    /// What the two parts of such a name are, as options of the program.
    pub axes: [&'static str; 2],
    /// Folders besides the adapter's that only some platforms include.
    pub shares: &'static [&'static str],
}

/// What the adapters of JavaScript hosts share, and the suite's half inside them.
const JS: &[&str] = &[
    "crates/taro-socket-js",
    "tests/hosts/common",
    "tests/hosts/js",
];

/// What the adapters of mini-programs share too. Their module holds all of them, and is packed.
const MINI: &[&str] = &[
    "crates/taro-socket-js",
    "crates/taro-socket-mini",
    "tests/hosts/common",
    "tests/hosts/js",
    "xtask/pack",
];

/// React Native's module holds all of them too, and its host is made with parts of the mini-programs'.
const RN: &[&str] = &[
    "crates/taro-socket-js",
    "tests/hosts/common",
    "tests/hosts/js",
    "tests/hosts/mini/host",
    "xtask/pack",
];
/// Host programs that stand in for their platforms.
const SIMULATORS: &[&str] = &["mini", "mock", "rn"];

/// Between a platform's key and a device's name in the name of an evidence file.
const DEVICE: &str = "-device-";

const BROWSERS: [&str; 2] = ["browser", "scope"];
const SIMULATED: [&str; 2] = ["variant", "form"];

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
        host: "mini",
        evidence: &[
            "weapp-devtools-wasm.jsonl",
            "weapp-devtools-js.jsonl",
            "weapp-android-wasm.jsonl",
            "weapp-android-js.jsonl",
            "weapp-ios-wasm.jsonl",
            "weapp-ios-js.jsonl",
            "weapp-container-js.jsonl",
            "weapp-sync-js.jsonl",
        ],
        axes: SIMULATED,
        shares: MINI,
    },
    PlatformEntry {
        key: "swan",
        display_name: "Baidu Smart-Program",
        adapter: "taro-socket-swan",
        host: "mini",
        evidence: &[
            "swan-android-js.jsonl",
            "swan-android-wasm.jsonl",
            "swan-ios-js.jsonl",
            "swan-text-binary-js.jsonl",
            "swan-missing-code-js.jsonl",
            "swan-string-code-js.jsonl",
            "swan-sync-js.jsonl",
        ],
        axes: SIMULATED,
        shares: MINI,
    },
    PlatformEntry {
        key: "alipay",
        display_name: "Alipay Mini-Program",
        adapter: "taro-socket-alipay",
        host: "mini",
        evidence: &[
            "alipay-base64-js.jsonl",
            "alipay-base64-unpadded-js.jsonl",
            "alipay-arraybuffer-js.jsonl",
            "alipay-arraybuffer-wasm.jsonl",
            "alipay-arraybuffer-unflagged-js.jsonl",
            "alipay-close-code-js.jsonl",
            "alipay-every-task-js.jsonl",
            "alipay-sync-js.jsonl",
        ],
        axes: SIMULATED,
        shares: MINI,
    },
    PlatformEntry {
        key: "h5",
        display_name: "H5",
        adapter: "taro-socket-h5",
        host: "h5",
        evidence: &[
            "h5-chromium-page.jsonl",
            "h5-chromium-worker.jsonl",
            "h5-firefox-page.jsonl",
            "h5-firefox-worker.jsonl",
            "h5-webkit-page.jsonl",
            "h5-webkit-worker.jsonl",
        ],
        axes: BROWSERS,
        shares: JS,
    },
    PlatformEntry {
        key: "rn",
        display_name: "React Native",
        adapter: "taro-socket-rn",
        host: "rn",
        evidence: &[
            "rn-android-88-js.jsonl",
            "rn-ios-88-js.jsonl",
            "rn-android-76-js.jsonl",
            "rn-ios-76-js.jsonl",
            "rn-android-88-sync-js.jsonl",
            "rn-ios-88-sync-js.jsonl",
        ],
        axes: SIMULATED,
        shares: RN,
    },
    PlatformEntry {
        key: "native",
        display_name: "Native",
        adapter: "taro-socket-native",
        host: "native",
        evidence: &["native.jsonl"],
        axes: SIMULATED,
        shares: &[],
    },
    PlatformEntry {
        key: "mock",
        display_name: "Mock",
        adapter: "taro-socket-mock",
        host: "mock",
        evidence: &["mock.jsonl"],
        axes: SIMULATED,
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

/// Name of the evidence file of a device, by the platform's key and the device's own name.
#[must_use]
pub fn device_file(key: &str, device: &str) -> String {
    let letter = |letter: char| match letter.to_ascii_lowercase() {
        letter if letter.is_ascii_alphanumeric() => letter,
        _ => ' ',
    };
    let words: String = device.chars().map(letter).collect();
    let words: Vec<_> = words.split_whitespace().collect();
    let name = if words.is_empty() {
        "unnamed".to_owned()
    } else {
        words.join("-")
    };
    format!("{key}{DEVICE}{name}.jsonl")
}

impl PlatformEntry {
    /// What the listed [`evidence`](Self::evidence) is of; that of devices is real.
    #[must_use]
    pub fn kind(&self) -> HostKind {
        match SIMULATORS.contains(&self.host) {
            true => HostKind::Simulated,
            false => HostKind::Real,
        }
    }

    /// Whether an evidence file has the name of one of a device of this platform.
    #[must_use]
    pub fn is_of_device(&self, file: &str) -> bool {
        let rest = file.strip_prefix(self.key);
        rest.is_some_and(|rest| rest.starts_with(DEVICE) && rest.ends_with(".jsonl"))
    }

    /// Name of the package that runs the suite on this platform.
    #[must_use]
    pub fn host_package(&self) -> String {
        format!("taro-socket-host-{}", self.host)
    }

    /// What an evidence file is of, by the [`axes`](Self::axes), where the platform has several files.
    #[must_use]
    pub fn variant(&self, file: &str) -> Option<(String, String)> {
        let name = file.strip_prefix(self.key)?.strip_suffix(".jsonl")?;
        let (engine, scope) = name.strip_prefix('-')?.rsplit_once('-')?;
        Some((engine.to_owned(), scope.to_owned()))
    }

    /// Folders, relative to the root, whose sources make up the platform's fingerprint.
    #[must_use]
    pub fn sources(&self) -> Vec<std::path::PathBuf> {
        let own = [
            format!("crates/{}", self.adapter),
            format!("tests/hosts/{}", self.host),
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
        assert_eq!((keys.len(), files.len()), (7, 37));
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
        let alipay = platform("alipay").unwrap();
        assert_eq!(
            alipay.variant("alipay-base64-unpadded-js.jsonl"),
            Some(("base64-unpadded".into(), "js".into()))
        );
        assert_eq!(platform("native").unwrap().variant("native.jsonl"), None);
        assert!(h5.sources().contains(&"crates/taro-socket-js".into()));
    }

    #[test]
    fn files_of_devices_have_names_of_their_own() {
        let weapp = platform("weapp").unwrap();
        let file = device_file("weapp", "Xiaomi Mi 10 (Pro)");
        assert_eq!(file, "weapp-device-xiaomi-mi-10-pro.jsonl");
        assert!(weapp.is_of_device(&file) && !platform("swan").unwrap().is_of_device(&file));
        assert_eq!(device_file("swan", "../小米"), "swan-device-unnamed.jsonl");
        let mut listed = platforms().iter().flat_map(|entry| entry.evidence);
        assert!(!listed.any(|file| file.contains(DEVICE)));
    }

    #[test]
    fn stand_ins_are_known() {
        let kind = |key| platform(key).unwrap().kind();
        for key in ["weapp", "swan", "alipay", "rn", "mock"] {
            assert_eq!(kind(key), HostKind::Simulated, "{key}");
        }
        assert_eq!(
            (kind("h5"), kind("native")),
            (HostKind::Real, HostKind::Real)
        );
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
