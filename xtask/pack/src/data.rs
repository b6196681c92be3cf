//! The module's data as plain JavaScript has it.

use anyhow::{Context as _, Result, ensure};
use data_encoding::BASE64;

/// What the result calls.
const DATA: &str = include_str!("template/data.js");

/// Binaryen's decoder of base64, by its first line and the one behind it.
const DECODER: &str = "  var base64ReverseLookup = ";
const SEGMENTS: &str = "function initActiveSegments(imports) {";

/// The beginning of a line that puts data into the memory.
const CALL: &str = "  base64DecodeToExistingUint8Array(";

/// The script with data as texts of one letter a byte. One that looks otherwise than Binaryen's is an error.
pub(crate) fn as_texts(script: &str) -> Result<String> {
    let Some((before, rest)) = script.split_once(DECODER) else {
        ensure!(
            !script.contains(CALL),
            "Binaryen has changed its decoder of data"
        );
        return Ok(script.to_owned());
    };
    let (_, after) = rest
        .split_once(SEGMENTS)
        .context("Binaryen has changed how it fills the memory")?;
    let mut text = format!("{before}{DATA}{SEGMENTS}");
    for line in after.split_inclusive('\n') {
        text += &match line.strip_prefix(CALL) {
            Some(arguments) => segment(arguments)?,
            None => line.to_owned(),
        };
    }
    ensure!(
        ["base64ReverseLookup", "base64Decode"]
            .iter()
            .all(|name| !text.contains(name)),
        "Binaryen has changed how it decodes data"
    );
    Ok(text)
}

/// A call of `$data` from the arguments, of which the last is base64.
fn segment(arguments: &str) -> Result<String> {
    let parts = arguments.trim_end().strip_suffix("\");");
    let parts = parts.and_then(|parts| parts.split_once(", \""));
    let known = parts.with_context(|| format!("`{arguments}`: no such data is known"))?;
    let bytes = BASE64.decode(known.1.as_bytes())?;
    let letters: String = bytes.into_iter().map(char::from).collect();
    let letters = serde_json::to_string(&letters)?;
    Ok(format!("  $data({}, {letters});\n", known.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    const SCRIPT: &str = "  var bufferView;
  var base64ReverseLookup = new Uint8Array(123);
  function base64DecodeToExistingUint8Array(uint8Array, offset, b64) {
  }
function initActiveSegments(imports) {
  base64DecodeToExistingUint8Array(bufferView, 1048576, \"Ilx9AP+A\");
  base64DecodeToExistingUint8Array(bufferView, 1048972, \"\");
}
";

    #[test]
    fn every_byte_is_a_letter() {
        let text = as_texts(SCRIPT).unwrap();
        let wanted = "  $data(bufferView, 1048576, \"\\\"\\\\}\\u0000\u{ff}\u{80}\");
  $data(bufferView, 1048972, \"\");
}
";
        assert!(text.ends_with(wanted), "{text}");
        assert!(text.starts_with("  var bufferView;\n// ") && text.contains(DATA));
        assert_eq!(as_texts("no data\n").unwrap(), "no data\n");
    }

    #[test]
    fn a_script_that_looks_otherwise_is_refused() {
        for (from, to) in [
            ("initActiveSegments(imports)", "initSegments()"),
            ("Ilx9AP+A", "Ilx9AP-A"),
            ("\"\");", "'');"),
            (
                "  base64DecodeToExistingUint8Array(b",
                "base64DecodeToExistingUint8Array(b",
            ),
            ("  var base64ReverseLookup", "  let base64ReverseLookup"),
        ] {
            let changed = SCRIPT.replacen(from, to, 1);
            assert!(changed != SCRIPT && as_texts(&changed).is_err(), "{from}");
        }
    }
}
