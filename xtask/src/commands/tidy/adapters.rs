//! Every adapter has the same files, so that whoever knows one knows all.

use taro_socket_report::platforms;

use super::tree::Tree;
use crate::findings::Findings;

const FILES: &[&str] = &[
    "platform.md",
    "src/connector.rs",
    "src/error.rs",
    "src/lib.rs",
];

pub fn check(tree: &Tree, findings: &mut Findings) {
    for entry in platforms() {
        let folder = format!("crates/{}", entry.adapter);
        if !tree.exists(&format!("{folder}/Cargo.toml")) {
            continue;
        }
        for file in FILES {
            if !tree.exists(&format!("{folder}/{file}")) {
                findings.error(format!("{folder}: an adapter has `{file}`"));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::commands::tidy::tree::findings;

    #[test]
    fn a_missing_file_is_found() {
        let all = ["Cargo.toml"]
            .iter()
            .chain(FILES)
            .map(|file| format!("crates/taro-socket-h5/{file}"));
        let paths: Vec<_> = all.collect();
        let files: Vec<_> = paths.iter().map(|path| (path.as_str(), "")).collect();
        assert!(findings(check, &files).is_empty());
        assert_eq!(
            findings(check, &files[..files.len() - 1]),
            ["crates/taro-socket-h5: an adapter has `src/lib.rs`"]
        );
    }
}
