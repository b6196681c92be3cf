//! Texts of errors, put together without `std::fmt`: its machinery would be half of a small wasm module.

/// The parts in a row.
pub(crate) fn concat(parts: &[&str]) -> String {
    let mut text = String::new();
    for part in parts {
        text.push_str(part);
    }
    text
}

/// The text in quotation marks, its control characters replaced by U+FFFD, so that it stays on its line.
pub(crate) fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for character in text.chars() {
        let shown = if character.is_control() {
            char::REPLACEMENT_CHARACTER
        } else {
            character
        };
        quoted.push(shown);
    }
    quoted.push('"');
    quoted
}

/// In decimal digits. Not of 64 bits: where wasm becomes JavaScript, their division is a long function.
pub(crate) fn decimal(mut number: u32) -> String {
    let mut digits = String::new();
    loop {
        digits.insert(0, char::from(b'0' + (number % 10) as u8));
        number /= 10;
        if number == 0 {
            return digits;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_as_the_formatter_writes_them() {
        for number in [0, 7, 10, 1000, 65_535, u32::MAX] {
            assert_eq!(decimal(number), number.to_string());
        }
    }

    #[test]
    fn quotes_keep_a_text_on_its_line() {
        assert_eq!(quoted("a\r\nb\u{85}é"), "\"a\u{fffd}\u{fffd}b\u{fffd}é\"");
        assert_eq!(concat(&["a", "", "bc"]), "abc");
    }
}
