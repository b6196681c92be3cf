//! A hash that changes when, and only when, what is built changes.

mod manifest;
mod tokens;

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::{fs, io};

use sha2::{Digest, Sha256};
use walkdir::{DirEntry, WalkDir};

/// Folders that are no part of a platform's build: directly below a crate, and anywhere.
const OUTSIDE_BUILD: &[&str] = &["benches", "examples", "tests"];
const GENERATED: &[&str] = &["node_modules", "target"];

/// Extensions of sources other than Rust, taken byte by byte.
const RAW_SOURCES: &[&str] = &["cjs", "html", "js", "mjs", "ts"];

/// Hashes the sources below `folders` (relative to `root`), in hexadecimal.
///
/// Rust files count by their tokens without documentation, so comments and
/// formatting change nothing; other sources count by their bytes. Manifests count
/// by features and dependencies, those of the workspace filled in, without
/// `dev-dependencies`. Relative paths count. `tests`, `benches` and `examples`
/// directly below a crate do not.
///
/// # Errors
/// What the file system says, with the path; [`io::ErrorKind::InvalidData`] when a
/// source does not parse; [`io::ErrorKind::NotFound`] when a folder is missing.
pub fn fingerprint(root: &Path, folders: &[PathBuf]) -> io::Result<String> {
    let workspace = manifest::WorkspaceDependencies::read(&root.join("Cargo.toml"))?;
    let mut files = Vec::new();
    for folder in folders {
        files.extend(source_files(&root.join(folder))?);
    }
    files.sort();
    files.dedup();
    let mut hasher = Sha256::new();
    for file in files {
        let relative = file.strip_prefix(root).unwrap_or(&file);
        let content = normalised(&file, &workspace).map_err(|error| at(&file, error))?;
        let name = relative.to_string_lossy().replace('\\', "/");
        for part in [name.as_bytes(), &content] {
            hasher.update((part.len() as u64).to_le_bytes());
            hasher.update(part);
        }
    }
    Ok(hasher
        .finalize()
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect())
}

fn source_files(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in WalkDir::new(folder)
        .into_iter()
        .filter_entry(is_inside_build)
    {
        let entry = entry.map_err(|error| at(folder, error.into()))?;
        if entry.file_type().is_file() && is_source(entry.path()) {
            files.push(entry.into_path());
        }
    }
    Ok(files)
}

fn is_inside_build(entry: &DirEntry) -> bool {
    let named = |names: &[&str]| names.iter().any(|&name| entry.file_name() == name);
    let directory = entry.file_type().is_dir();
    let outside = entry.depth() == 1 && named(OUTSIDE_BUILD);
    !(directory && entry.depth() > 0 && (outside || named(GENERATED)))
}

fn is_source(path: &Path) -> bool {
    let extension = path.extension().and_then(OsStr::to_str).unwrap_or_default();
    let manifest = path.file_name() == Some(OsStr::new("Cargo.toml"));
    manifest || extension == "rs" || RAW_SOURCES.contains(&extension)
}

fn normalised(path: &Path, workspace: &manifest::WorkspaceDependencies) -> io::Result<Vec<u8>> {
    match path.extension().and_then(OsStr::to_str) {
        Some("rs") => tokens::normalise(&fs::read_to_string(path)?),
        Some("toml") => manifest::normalise(&fs::read_to_string(path)?, workspace),
        _ => fs::read(path),
    }
}

fn at(path: &Path, error: io::Error) -> io::Error {
    io::Error::new(error.kind(), format!("{}: {error}", path.display()))
}
