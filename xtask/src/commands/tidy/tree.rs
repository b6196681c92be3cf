//! The repository's text files.

use std::path::Path;
use std::{fs, io};

use anyhow::Result;
use proc_macro2::TokenStream;
use walkdir::{DirEntry, WalkDir};

/// Folders that hold nothing of ours.
const FOREIGN: &[&str] = &[".git", "node_modules", "target"];

/// A text file.
#[derive(Debug)]
pub struct File {
    /// Path from the root, with `/`.
    pub path: String,
    pub text: String,
}

impl File {
    pub fn is_rust(&self) -> bool {
        self.path.ends_with(".rs")
    }

    pub fn name(&self) -> &str {
        self.path.rsplit('/').next().unwrap_or(&self.path)
    }

    /// Path of the folder that holds it, empty for the root.
    pub fn folder(&self) -> &str {
        self.path.rsplit_once('/').map_or("", |(folder, _)| folder)
    }

    /// The tokens of a Rust source; `None` when it does not parse, which the compiler tells better.
    pub fn tokens(&self) -> Option<TokenStream> {
        self.text.parse().ok()
    }
}

/// Every text file of the repository, sorted by path.
#[derive(Debug, Default)]
pub struct Tree {
    files: Vec<File>,
}

impl Tree {
    pub fn read(root: &Path) -> Result<Self> {
        let mut files = Vec::new();
        let ours = |entry: &DirEntry| !FOREIGN.iter().any(|&name| entry.file_name() == name);
        for entry in WalkDir::new(root).into_iter().filter_entry(ours) {
            // Others may write and remove files meanwhile.
            let Ok(entry) = entry else { continue };
            if !entry.file_type().is_file() {
                continue;
            }
            let text = match fs::read_to_string(entry.path()) {
                Ok(text) => text,
                Err(error)
                    if matches!(
                        error.kind(),
                        io::ErrorKind::InvalidData | io::ErrorKind::NotFound
                    ) =>
                {
                    continue;
                }
                Err(error) => return Err(error.into()),
            };
            let path = entry
                .path()
                .strip_prefix(root)?
                .to_string_lossy()
                .replace('\\', "/");
            files.push(File { path, text });
        }
        files.sort_by(|a, b| a.path.cmp(&b.path));
        Ok(Self { files })
    }

    /// A tree that exists only in a test.
    #[cfg(test)]
    pub fn of(files: &[(&str, &str)]) -> Self {
        let file = |&(path, text): &(&str, &str)| File {
            path: path.to_owned(),
            text: text.to_owned(),
        };
        Self {
            files: files.iter().map(file).collect(),
        }
    }

    pub fn files(&self) -> &[File] {
        &self.files
    }

    pub fn rust(&self) -> impl Iterator<Item = &File> {
        self.files.iter().filter(|file| file.is_rust())
    }

    pub fn file(&self, path: &str) -> Option<&File> {
        self.files.iter().find(|file| file.path == path)
    }

    /// Whether a file, or a folder that holds one, has this path.
    pub fn exists(&self, path: &str) -> bool {
        let path = path.trim_end_matches('/');
        self.files.iter().any(|file| {
            file.path
                .strip_prefix(path)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        })
    }
}

/// Findings of one rule on a made-up tree.
#[cfg(test)]
pub fn findings(
    rule: fn(&Tree, &mut crate::findings::Findings),
    files: &[(&str, &str)],
) -> Vec<String> {
    let mut findings = crate::findings::Findings::default();
    rule(&Tree::of(files), &mut findings);
    findings.errors().to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_files_are_read_and_generated_ones_are_not() {
        let folder = tempfile::tempdir().unwrap();
        for (path, bytes) in [
            ("a/b.rs", &b"//! B"[..]),
            ("target/c.rs", b"//! C"),
            ("d.png", b"\xff\xfe"),
        ] {
            let path = folder.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, bytes).unwrap();
        }
        let tree = Tree::read(folder.path()).unwrap();
        assert_eq!(tree.files().len(), 1);
        assert_eq!(
            (tree.files()[0].name(), tree.files()[0].folder()),
            ("b.rs", "a")
        );
        assert!(tree.exists("a/") && tree.exists("a/b.rs") && !tree.exists("a/b"));
    }
}
