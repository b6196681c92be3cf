//! International names without tables: scripts in which a character's form follows from its number.
//!
//! Where UTS #46 would need a table of mappings, normal forms or directions, the name is refused, so that what is taken
//! is what UTS #46 makes of it.

use super::{
    flaw::Flaw,
    host::has_prefix,
    punycode::{decode, encode},
};

const NO_TABLE: &str = ", for which this platform has no table: write the host in its xn-- form";
const UNSOUND: Flaw = Flaw::whole("has a host whose xn-- form stands for no name");
const TOO_LONG: Flaw = Flaw::whole("has a host with a name that is too long");

/// The name in ASCII and lower case.
pub(super) fn to_ascii(name: &str) -> Result<String, Flaw> {
    let mut mapped = String::new();
    for (at, character) in name.char_indices() {
        if is_ignored(character) {
            continue;
        }
        let character = map(character).ok_or_else(|| Flaw::of_character(at, NO_TABLE))?;
        mapped.push(character);
    }
    let mut out = String::new();
    for (at, label) in mapped.split('.').enumerate() {
        if at > 0 {
            out.push('.');
        }
        push_label(&mut out, label)?;
    }
    Ok(out)
}

fn push_label(out: &mut String, label: &str) -> Result<(), Flaw> {
    if label.is_ascii() {
        if has_prefix(label) && !is_sound(label) {
            return Err(UNSOUND);
        }
        out.push_str(label);
        return Ok(());
    }
    if has_prefix(label) {
        return Err(UNSOUND);
    }
    let characters: Vec<char> = label.chars().collect();
    out.push_str("xn--");
    out.push_str(&encode(&characters).ok_or(TOO_LONG)?);
    Ok(())
}

/// Whether a label in `xn--` form stands for characters that can be in a name.
fn is_sound(label: &str) -> bool {
    let label = label.get(4..).unwrap_or_default();
    let Some(characters) = decode(label) else {
        return false;
    };
    characters.iter().any(|character| !character.is_ascii())
        && !characters.iter().copied().any(is_never)
        && encode(&characters).is_some_and(|again| again == label)
}

/// The character that stands for this one in names, which may be itself, if no table is needed to tell.
fn map(character: char) -> Option<char> {
    let code = u32::from(character);
    let mapped = match code {
        0..=0x7f => return Some(character.to_ascii_lowercase()),
        // Ideographic full stops.
        0x3002 | 0xff61 => return Some('.'),
        // Forms as wide as an ideograph.
        0xff01..=0xff5e => return map(char::from_u32(code - 0xfee0)?),
        // Latin, Greek and Cyrillic capitals, then small letters.
        0xc0..=0xd6 | 0xd8..=0xde | 0x391..=0x3a1 | 0x3a3..=0x3ab | 0x410..=0x42f => code + 32,
        0x400..=0x40f => code + 80,
        0x100..=0x17e => latin(code)?,
        0xdf..=0xf6 | 0xf8..=0xff | 0x3ac..=0x3ce | 0x430..=0x45f => code,
        // Kana, ideographs, Hangul.
        0x3005..=0x3007 | 0x3041..=0x3096 | 0x30a1..=0x30fe | 0x3400..=0x4dbf | 0x4e00..=0x9fff => {
            code
        }
        0xac00..=0xd7a3 => code,
        _ => return None,
    };
    char::from_u32(mapped)
}

/// Soft hyphen, zero-width space, word joiner, byte order mark: they come along when an address is copied.
fn is_ignored(character: char) -> bool {
    matches!(character, '\u{ad}' | '\u{200b}' | '\u{2060}' | '\u{feff}')
}

/// Latin Extended-A: capital and small letter in turn, but for what stands for two letters or crosses the block.
fn latin(code: u32) -> Option<u32> {
    match code {
        0x130 | 0x132 | 0x133 | 0x13f | 0x140 | 0x149 | 0x178 => None,
        0x131 | 0x138 => Some(code),
        0x139..=0x148 | 0x179.. => Some(code + (code & 1)),
        _ => Some(code | 1),
    }
}

/// Characters that no `xn--` form stands for, as far as that is known without a table: what is mapped to another,
/// controls, private use, what is no character.
fn is_never(character: char) -> bool {
    match map(character) {
        Some(mapped) => mapped != character,
        None => matches!(
            u32::from(character),
            0x80..=0xa0 | 0xad | 0xe000..=0xf8ff | 0xfdd0..=0xfdef | 0xfff0..=0xffff | 0x3_3480..
        ),
    }
}
