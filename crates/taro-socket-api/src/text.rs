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

/// Writes one character of ASCII. `String::push` would be put in the place of each call, and is much code.
#[inline(never)]
pub(crate) fn push_ascii(text: &mut String, byte: u8) {
    text.push(char::from(byte));
}

/// In decimal digits.
pub(crate) fn decimal(number: u32) -> String {
    let mut digits = String::new();
    push_decimal(&mut digits, number);
    digits
}

/// Writes `number` in decimal digits. Not of 64 bits: where wasm becomes JavaScript, their division is a long function.
pub(crate) fn push_decimal(text: &mut String, number: u32) {
    if number > 9 {
        push_decimal(text, number / 10);
    }
    push_ascii(text, b'0' + (number % 10) as u8);
}

/// Leaves the first `len` bytes, which end with a character. `String::truncate` would bring a panic along.
pub(crate) fn shorten(text: &mut String, len: usize) {
    while text.len() > len {
        text.pop();
    }
}

/// Writes `number` in hexadecimal digits, `least` or more of them, in capitals.
pub(crate) fn push_hexadecimal(text: &mut String, number: u32, least: u32) {
    for place in (0..8).rev() {
        let rest = number >> (4 * place);
        if place < least || rest > 0 {
            let digit = (rest & 15) as u8;
            let first = if digit < 10 { b'0' } else { b'A' - 10 };
            push_ascii(text, first + digit);
        }
    }
}

/// What a hexadecimal digit stands for; more than any byte for what is none.
pub(crate) fn digit(byte: u8) -> u32 {
    char::from(byte).to_digit(16).unwrap_or(256)
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
    fn hexadecimal_numbers_have_digits_enough() {
        for (number, least, digits) in [(0, 1, "0"), (10, 2, "0A"), (0x1_f600, 4, "1F600")] {
            let mut text = String::new();
            push_hexadecimal(&mut text, number, least);
            assert_eq!(text, digits);
        }
        assert_eq!([digit(b'f'), digit(b'F'), digit(b'g')], [15, 15, 256]);
    }

    #[test]
    fn quotes_keep_a_text_on_its_line() {
        assert_eq!(quoted("a\r\nb\u{85}é"), "\"a\u{fffd}\u{fffd}b\u{fffd}é\"");
        assert_eq!(concat(&["a", "", "bc"]), "abc");
    }
}
