//! The platforms whose devices run the suite: one entry each.

use taro_socket_pack::Target;

/// A platform, and what its program is made of.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct DevicePlatform {
    /// Taro's name.
    pub key: &'static str,
    /// The tool that opens the project; `None` where its files go into an app.
    pub tool: Option<&'static str>,
    /// What the page is packed for.
    pub target: Target,
    /// Whether the platform refuses `ws://`.
    pub secure_only: bool,
    /// Folder of the crate that is packed, from the root of the repository.
    pub page: &'static str,
    /// Folder of the program's files, from the root of the repository.
    pub sources: &'static str,
    /// Files in that folder, and where they go in the project.
    pub files: &'static [(&'static str, &'static str)],
}

const PAGE: &str = "tests/hosts/mini/page";
const SOURCES: &str = "tests/hosts/mini/host/app";

/// What all mini-programs have.
const SHARED: [(&str, &str); 6] = [
    ("about.js", "lib/about.js"),
    ("conformance.js", "lib/conformance.js"),
    ("device.js", "lib/device.js"),
    ("mini-program/app.js", "app.js"),
    ("mini-program/page.js", "pages/index/index.js"),
    ("mini-program/page.json", "pages/index/index.json"),
];

const PLATFORMS: &[DevicePlatform] = &[
    DevicePlatform {
        key: "weapp",
        tool: Some("WeChat DevTools"),
        target: Target::Weapp,
        secure_only: false,
        page: PAGE,
        sources: SOURCES,
        files: &with_shared([
            (
                "mini-program/weapp/project.config.json",
                "project.config.json",
            ),
            ("mini-program/weapp/app.json", "app.json"),
            ("mini-program/weapp/index.wxml", "pages/index/index.wxml"),
            ("mini-program/page.css", "pages/index/index.wxss"),
        ]),
    },
    DevicePlatform {
        key: "alipay",
        tool: Some("Mini Program Studio"),
        target: Target::Alipay,
        secure_only: false,
        page: PAGE,
        sources: SOURCES,
        files: &with_shared([
            ("mini-program/alipay/mini.project.json", "mini.project.json"),
            ("mini-program/alipay/app.json", "app.json"),
            ("mini-program/alipay/index.axml", "pages/index/index.axml"),
            ("mini-program/page.css", "pages/index/index.acss"),
        ]),
    },
    DevicePlatform {
        key: "swan",
        tool: Some("Baidu's developer tool"),
        target: Target::Swan,
        secure_only: true,
        page: PAGE,
        sources: SOURCES,
        files: &with_shared([
            ("mini-program/swan/project.swan.json", "project.swan.json"),
            ("mini-program/swan/app.json", "app.json"),
            ("mini-program/swan/index.swan", "pages/index/index.swan"),
            ("mini-program/page.css", "pages/index/index.css"),
        ]),
    },
    DevicePlatform {
        key: "rn",
        tool: None,
        target: Target::Rn,
        secure_only: false,
        page: "tests/hosts/rn/page",
        sources: "tests/hosts",
        files: &[
            ("mini/host/app/device.js", "lib/device.js"),
            ("rn/host/app/conformance.js", "lib/fetch.js"),
            ("device/app/rn/about.js", "lib/about.js"),
            ("device/app/rn/conformance.js", "lib/conformance.js"),
            ("device/app/rn/App.tsx", "App.tsx"),
        ],
    },
];

/// The files of one platform behind those of all.
const fn with_shared(
    own: [(&'static str, &'static str); 4],
) -> [(&'static str, &'static str); SHARED.len() + 4] {
    let mut files = [("", ""); SHARED.len() + 4];
    let mut at = 0;
    while at < files.len() {
        files[at] = if at < SHARED.len() {
            SHARED[at]
        } else {
            own[at - SHARED.len()]
        };
        at += 1;
    }
    files
}

/// Every platform that is here.
#[must_use]
pub fn device_platforms() -> &'static [DevicePlatform] {
    PLATFORMS
}

/// The platform with this key.
#[must_use]
pub fn device_platform(key: &str) -> Option<&'static DevicePlatform> {
    PLATFORMS.iter().find(|platform| platform.key == key)
}
