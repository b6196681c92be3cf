//! What a selection must not bring in, by `cargo tree`.

use anyhow::{Result, ensure};

use crate::process::Program;

/// A package with features, and packages that must not be in its tree.
#[derive(Debug)]
pub struct Gate {
    pub name: &'static str,
    package: &'static str,
    features: Option<&'static str>,
    target: Option<&'static str>,
    refused: &'static [&'static str],
}

const WASM: Option<&str> = Some("wasm32-unknown-unknown");
const TLS: &[&str] = &[
    "rustls",
    "tokio-rustls",
    "ring",
    "aws-lc-rs",
    "aws-lc-sys",
    "openssl",
    "native-tls",
];

pub const GATES: &[Gate] = &[
    Gate {
        name: "api reaches no runtime and no JavaScript",
        package: "taro-socket-api",
        features: None,
        target: None,
        refused: &["tokio", "wasm-bindgen"],
    },
    Gate {
        name: "mock alone reaches no runtime",
        package: "taro-socket",
        features: Some("mock"),
        target: None,
        refused: &["tokio", "tokio-tungstenite", "wasm-bindgen"],
    },
    Gate {
        name: "native without TLS reaches no TLS",
        package: "taro-socket",
        features: Some("native"),
        target: None,
        refused: TLS,
    },
    Gate {
        name: "the default on wasm reaches no runtime",
        package: "taro-socket",
        features: None,
        target: WASM,
        refused: &["tokio", "tokio-tungstenite", "rustls", "ring"],
    },
    Gate {
        name: "native and mock on wasm reach no runtime",
        package: "taro-socket",
        features: Some("native,mock"),
        target: WASM,
        refused: &["tokio", "tokio-tungstenite", "rustls", "ring"],
    },
];

impl Gate {
    pub fn check(&self) -> Result<()> {
        let mut program = Program::cargo().args([
            "tree",
            "--package",
            self.package,
            "--edges",
            "normal",
            "--prefix",
            "none",
            "--format",
            "{p}",
        ]);
        if let Some(features) = self.features {
            program = program.args(["--no-default-features", "--features", features]);
        }
        if let Some(target) = self.target {
            program = program.args(["--target", target]);
        }
        println!("  $ {}", program.line());
        let tree = program.read()?;
        ensure!(
            packages(&tree).any(|name| name == self.package),
            "cargo tree shows no {}",
            self.package
        );
        let found: Vec<_> = packages(&tree)
            .filter(|name| self.refused.contains(name))
            .collect();
        ensure!(
            found.is_empty(),
            "in the tree of {}: {}",
            self.package,
            found.join(", ")
        );
        Ok(())
    }
}

fn packages(tree: &str) -> impl Iterator<Item = &str> {
    tree.lines()
        .filter_map(|line| line.split_whitespace().next())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_package_is_told_by_its_whole_name() {
        let tree = "taro-socket v0.1.0 (x)\ntokio-util v0.7.0\nbytes v1.0.0 (*)\n";
        assert_eq!(
            packages(tree).collect::<Vec<_>>(),
            ["taro-socket", "tokio-util", "bytes"]
        );
    }
}
