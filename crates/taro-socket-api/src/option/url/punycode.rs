//! Punycode (RFC 3492), the ASCII behind `xn--`.

use crate::text::push_ascii;

/// Labels are this long at most: the way takes time by its square. A name server takes 63 (RFC 1035 §2.3.4).
const MAX_CHARACTERS: usize = 1000;

/// More than any number is that stands for one of so many places before one of Unicode's characters.
const MAX_NUMBER: u32 = 1 << 31;

/// The running state of both directions (RFC 3492 §6.1).
struct Bias {
    value: u32,
    first: bool,
}

impl Bias {
    const fn new() -> Self {
        Self {
            value: 72,
            first: true,
        }
    }

    /// The threshold of the digit with weight index `k`.
    fn threshold(&self, k: u32) -> u32 {
        k.saturating_sub(self.value).clamp(1, 26)
    }

    fn adapt(&mut self, delta: u32, count: u32) {
        let mut delta = delta / if self.first { 700 } else { 2 };
        self.first = false;
        // A division that may be by zero brings a panic along.
        delta += delta / count.max(1);
        let mut k = 0;
        while delta > 455 {
            delta /= 35;
            k += 36;
        }
        self.value = k + 36 * delta / (delta + 38);
    }
}

/// Whether [`push`] writes `form` for characters of which `is_never` holds for none.
///
/// Each number, and each row of characters, is written in one way: what can be read is what would be written.
/// So the places of the characters need not be known.
pub(super) fn is_sound(form: &[char], is_never: impl Fn(char) -> bool) -> bool {
    // A hyphen in front of all is none between the two, and no digit either.
    let hyphen = form.iter().rposition(|character| *character == '-');
    let (basic, digits) = match hyphen {
        Some(hyphen) if hyphen > 0 => (hyphen, form.get(hyphen + 1..)),
        _ => (0, Some(form)),
    };
    let digits = digits.unwrap_or_default();
    basic < MAX_CHARACTERS && read(basic as u32, digits, is_never).is_some()
}

/// Reads the characters, one at least, that are to stand among `count` of ASCII.
fn read(mut count: u32, digits: &[char], is_never: impl Fn(char) -> bool) -> Option<()> {
    let (mut code, mut at, mut bias) = (128, 0, Bias::new());
    let mut digits = digits.iter();
    loop {
        let (before, mut weight, mut k) = (at, 1, 36);
        loop {
            let digit = value(*digits.next()?)?;
            if digit > (MAX_NUMBER - at) / weight {
                return None;
            }
            at += digit * weight;
            let threshold = bias.threshold(k);
            if digit < threshold {
                break;
            }
            if weight > u32::MAX / 36 {
                return None;
            }
            weight *= 36 - threshold;
            k += 36;
        }
        count += 1;
        bias.adapt(at - before, count);
        code += at / count;
        at = at % count + 1;
        let character = char::from_u32(code)?;
        if count > MAX_CHARACTERS as u32 || is_never(character) {
            return None;
        }
        if digits.as_slice().is_empty() {
            return Some(());
        }
    }
}

/// Writes the label in ASCII, without its prefix, or refuses it as too long.
pub(super) fn push(out: &mut String, label: &[char]) -> Option<()> {
    if label.len() > MAX_CHARACTERS {
        return None;
    }
    let ascii = label.iter().filter(|character| character.is_ascii());
    let mut done = 0;
    for character in ascii {
        push_ascii(out, *character as u8);
        done += 1;
    }
    if done > 0 {
        push_ascii(out, b'-');
    }
    let (mut code, mut delta, mut bias) = (128, 0, Bias::new());
    let codes = || label.iter().map(|character| u32::from(*character));
    while let Some(next) = codes().filter(|other| *other >= code).min() {
        // The greatest character, a thousand times, is far from what a number holds.
        delta += (next - code) * (done + 1);
        code = next;
        for other in codes() {
            if other < code {
                delta += 1;
            } else if other == code {
                push_number(out, delta, &bias);
                done += 1;
                bias.adapt(delta, done);
                delta = 0;
            }
        }
        (delta, code) = (delta + 1, code + 1);
    }
    Some(())
}

fn push_number(out: &mut String, mut number: u32, bias: &Bias) {
    let mut k = 36;
    loop {
        let threshold = bias.threshold(k);
        if number < threshold {
            return push_ascii(out, digit(number));
        }
        number -= threshold;
        push_ascii(out, digit(threshold + number % (36 - threshold)));
        number /= 36 - threshold;
        k += 36;
    }
}

/// `a` to `z` are 0 to 25, `0` to `9` 26 to 35 (RFC 3492 §5).
fn digit(value: u32) -> u8 {
    let first = if value < 26 { b'a' } else { b'0' - 26 };
    first + value as u8
}

fn value(digit: char) -> Option<u32> {
    match digit {
        'a'..='z' => Some(u32::from(digit) - u32::from('a')),
        '0'..='9' => Some(u32::from(digit) - u32::from('0') + 26),
        _ => None,
    }
}
