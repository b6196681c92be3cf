//! The browser engines.

use std::fmt;
use std::path::PathBuf;
use std::str::FromStr;

use anyhow::{Context as _, bail};
use serde_json::{Map, Value};

use crate::folders;

/// A browser engine.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(clippy::exhaustive_enums, reason = "users go through all of them")]
pub enum Engine {
    /// Chromium, through `chromedriver`.
    Chromium,
    /// Firefox ESR, through `geckodriver`.
    Firefox,
    /// WebKitGTK, through `WebKitWebDriver`, on a virtual display.
    WebKit,
}

impl Engine {
    /// Every engine.
    pub const ALL: [Self; 3] = [Self::Chromium, Self::Firefox, Self::WebKit];

    /// The name in commands and files.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Chromium => "chromium",
            Self::Firefox => "firefox",
            Self::WebKit => "webkit",
        }
    }

    /// Whether it needs an X display.
    pub(crate) fn needs_display(self) -> bool {
        self == Self::WebKit
    }

    /// The driver: a program of the system, or one that `cargo xtask setup` built.
    pub(crate) fn driver(self) -> PathBuf {
        match self {
            Self::Chromium => "chromedriver".into(),
            Self::Firefox => {
                let built = folders::target().join("tools/bin/geckodriver");
                if built.exists() {
                    built
                } else {
                    "geckodriver".into()
                }
            }
            Self::WebKit => "WebKitWebDriver".into(),
        }
    }

    /// What a session asks of the driver.
    pub(crate) fn capabilities(self) -> anyhow::Result<Map<String, Value>> {
        let text = self.capabilities_text();
        serde_json::from_str(text).with_context(|| format!("capabilities of {self}"))
    }

    pub(crate) fn capabilities_text(self) -> &'static str {
        match self {
            Self::Chromium => include_str!("../capabilities/chromium.json"),
            Self::Firefox => include_str!("../capabilities/firefox.json"),
            Self::WebKit => include_str!("../capabilities/webkit.json"),
        }
    }
}

impl fmt::Display for Engine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Chromium => "Chromium",
            Self::Firefox => "Firefox",
            Self::WebKit => "WebKit",
        })
    }
}

impl FromStr for Engine {
    type Err = anyhow::Error;

    fn from_str(key: &str) -> anyhow::Result<Self> {
        match Self::ALL.into_iter().find(|engine| engine.key() == key) {
            Some(engine) => Ok(engine),
            None => bail!("`{key}` is none of chromium, firefox, webkit"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_lead_back_and_capabilities_parse() {
        for engine in Engine::ALL {
            assert_eq!(engine.key().parse::<Engine>().ok(), Some(engine));
            assert!(engine.capabilities().is_ok());
        }
        assert!("Chromium".parse::<Engine>().is_err());
    }
}
