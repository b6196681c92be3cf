//! The beginning of what a server sent, made fit for one line of text.

/// Characters of a refusal's body that a text shows.
const BODY: usize = 200;
/// Bytes of a foreign protocol that a text shows.
const FOREIGN: usize = 40;

/// The first line of bytes that are not what was expected, quoted and escaped.
pub(crate) fn bytes(bytes: &[u8]) -> String {
    let end = bytes
        .iter()
        .position(|byte| matches!(byte, b'\r' | b'\n'))
        .filter(|end| *end > 0)
        .unwrap_or(bytes.len());
    format!("`{}`", bytes[..end.min(FOREIGN)].escape_ascii())
}

/// Text on one line: whatever controls a terminal or the order of reading becomes a blank.
pub(crate) fn line(text: &str) -> String {
    let plain = |character: char| {
        let hidden = matches!(character,
            '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}');
        if hidden || character.is_control() || character.is_whitespace() {
            ' '
        } else {
            character
        }
    };
    let text: String = text.chars().map(plain).collect();
    let words: Vec<&str> = text.split_ascii_whitespace().collect();
    let line = words.join(" ");
    match line.char_indices().nth(BODY) {
        Some((end, _)) => format!("{}…", line.get(..end).unwrap_or_default()),
        None => line,
    }
}

/// The beginning of a body, if it is text.
pub(crate) fn body(bytes: &[u8]) -> Option<String> {
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text,
        // The last character may be cut in the middle.
        Err(error) if error.error_len().is_none() => {
            std::str::from_utf8(bytes.get(..error.valid_up_to())?).ok()?
        }
        Err(_) => return None,
    };
    let line = line(text);
    (!text.contains('\0') && !line.is_empty()).then_some(line)
}

/// A URL or a part of one (RFC 3986 §4.1) without user information, query and fragment: they may be secret.
pub(crate) fn location(location: &str) -> String {
    let end = location.find(['?', '#']).unwrap_or(location.len());
    let (location, rest) = location.split_at(end);
    let rest = if rest.is_empty() { "" } else { "…" };
    let (before, behind) = match location.find("//") {
        Some(at) => location.split_at(at + 2),
        None => ("", location),
    };
    // Also of a path, where it is nobody: better a name too few than a password too many.
    let behind = behind.rsplit('@').next().unwrap_or_default();
    line(&format!("{before}{behind}{rest}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_stays_one_and_harmless() {
        let table = [
            ("plain", "plain"),
            ("two\r\nlines\t and  blanks ", "two lines and blanks"),
            ("\u{1b}[31mred\u{7}", "[31mred"),
            ("\u{202e}abc\u{2028}d\u{feff}", "abc d"),
        ];
        for (text, expected) in table {
            assert_eq!(line(text), expected);
        }
        let long = line(&"ä".repeat(BODY + 1));
        assert_eq!(long.chars().count(), BODY + 1, "the cut is marked");
    }

    #[test]
    fn of_a_location_nothing_secret_is_shown() {
        let table = [
            ("https://h:1/a/b", "https://h:1/a/b"),
            ("https://h/a?token=SECRET", "https://h/a…"),
            ("https://h#access_token=SECRET", "https://h…"),
            ("https://user:SECRET@h/a", "https://h/a"),
            ("https://user:SEC/RET@h/a", "https://h/a"),
            ("https://user:SEC@RET@h/a?SECRET", "https://h/a…"),
            ("//user:SECRET@h/", "//h/"),
            ("user:SECRET@h", "h"),
            ("/login?next=SECRET", "/login…"),
            ("?SECRET", "…"),
            ("", ""),
        ];
        for (location, shown) in table {
            assert_eq!(super::location(location), shown, "{location}");
        }
    }

    #[test]
    fn only_text_is_shown_of_a_body() {
        assert_eq!(body(b"{\"error\":\n1}").as_deref(), Some("{\"error\": 1}"));
        assert_eq!(
            body("grün".as_bytes().get(..3).expect("cut")).as_deref(),
            Some("gr")
        );
        for nothing in [&b""[..], b" \r\n", b"\x1f\x8b\x08\xff", b"a\0b"] {
            assert_eq!(body(nothing), None, "{nothing:?}");
        }
    }

    #[test]
    fn foreign_bytes_are_escaped_up_to_the_first_line_end() {
        assert_eq!(bytes(b"HTTP/1.1 400 Bad\r\nX: y"), "`HTTP/1.1 400 Bad`");
        assert_eq!(bytes(b"\x15\x03\x01"), r"`\x15\x03\x01`");
        assert_eq!(bytes(b"\n1"), r"`\n1`");
        assert_eq!(bytes(&[b'a'; 100]).len(), FOREIGN + 2);
    }
}
