//! What a tool has made of a file before: in the same version, with the same arguments, it makes the same again.

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use sha2::{Digest as _, Sha256};

use crate::folders;

/// Has `make` write what comes of the file `input` into the path that it is given, unless that was done before, and
/// copies it to `out`. `words` tell the tool, its version and all that it is asked for.
///
/// # Errors
/// Those of `make`, and when a file cannot be read or written.
pub(crate) fn once(
    words: &[&str],
    input: &Path,
    out: &Path,
    make: impl FnOnce(&Path) -> Result<()>,
) -> Result<()> {
    let folder = folders::target().join("made");
    fs::create_dir_all(&folder).with_context(|| folder.display().to_string())?;
    let kept = folder.join(name(words, input)?);
    // Whoever asks for the same meanwhile waits for it, in this program or another.
    let lock = File::create(kept.with_extension("lock"))?;
    lock.lock()?;
    if !kept.exists() {
        let aside = kept.with_extension("new");
        make(&aside)?;
        fs::rename(&aside, &kept)?;
    }
    fs::copy(&kept, out).with_context(|| out.display().to_string())?;
    Ok(())
}

fn name(words: &[&str], input: &Path) -> Result<PathBuf> {
    let mut hash = Sha256::new();
    for word in words {
        hash.update(word.as_bytes());
        hash.update([0]);
    }
    hash.update(fs::read(input).with_context(|| input.display().to_string())?);
    let digits = hash.finalize();
    let digits = digits.iter().map(|byte| format!("{byte:02x}"));
    Ok(PathBuf::from(digits.collect::<String>()))
}

#[cfg(test)]
mod tests {
    use anyhow::bail;

    use super::*;

    #[test]
    fn what_is_there_is_not_made_again() {
        let folder = tempfile::tempdir().unwrap();
        let (input, out) = (folder.path().join("in"), folder.path().join("out"));
        // Another one in each run: nothing is there at first.
        let text = format!("{:?} {}", std::time::SystemTime::now(), std::process::id());
        fs::write(&input, &text).unwrap();
        let failed = once(&["a", "b"], &input, &out, |_| bail!("no"));
        assert_eq!(failed.unwrap_err().to_string(), "no");
        assert!(!out.exists());
        let makes = |made: &'static str| move |path: &Path| Ok(fs::write(path, made)?);
        let made = || fs::read_to_string(&out).unwrap();
        once(&["a", "b"], &input, &out, makes("one")).unwrap();
        assert_eq!(made(), "one");
        once(&["a", "b"], &input, &out, makes("two")).unwrap();
        assert_eq!(made(), "one");
        once(&["ab"], &input, &out, makes("three")).unwrap();
        assert_eq!(made(), "three");
        fs::write(&input, text + "!").unwrap();
        once(&["a", "b"], &input, &out, makes("four")).unwrap();
        assert_eq!(made(), "four");
    }
}
