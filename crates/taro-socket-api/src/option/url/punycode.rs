//! Punycode (RFC 3492), the ASCII behind `xn--`.

/// Labels are this long at most: the way takes time by its square. A name server takes 63 (RFC 1035 §2.3.4).
const MAX_CHARACTERS: usize = 1000;

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
        delta += delta / count;
        let mut k = 0;
        while delta > 455 {
            delta /= 35;
            k += 36;
        }
        self.value = k + 36 * delta / (delta + 38);
    }
}

/// The label's characters, or `None` if it is no sound Punycode.
pub(super) fn decode(text: &str) -> Option<Vec<char>> {
    // A hyphen in front of all is none between the two, and no digit either.
    let parts = text.rsplit_once('-').filter(|(basic, _)| !basic.is_empty());
    let (basic, digits) = parts.unwrap_or(("", text));
    let mut characters: Vec<char> = basic.chars().collect();
    let (mut code, mut at, mut bias) = (128u32, 0u32, Bias::new());
    let mut digits = digits.chars().peekable();
    while digits.peek().is_some() {
        let (before, mut weight, mut k) = (at, 1u32, 36);
        loop {
            let digit = value(digits.next()?)?;
            at = at.checked_add(digit.checked_mul(weight)?)?;
            let threshold = bias.threshold(k);
            if digit < threshold {
                break;
            }
            weight = weight.checked_mul(36 - threshold)?;
            k += 36;
        }
        let count = u32::try_from(characters.len()).ok()? + 1;
        bias.adapt(at - before, count);
        code = code.checked_add(at / count)?;
        at %= count;
        if characters.len() >= MAX_CHARACTERS {
            return None;
        }
        characters.push(char::from_u32(code)?);
        let behind = characters.get_mut(usize::try_from(at).ok()?..)?;
        behind.rotate_right(1);
        at += 1;
    }
    Some(characters)
}

/// The label in ASCII, without its prefix, or `None` if it is too long.
pub(super) fn encode(label: &[char]) -> Option<String> {
    if label.len() > MAX_CHARACTERS {
        return None;
    }
    let mut out: String = label.iter().filter(|c| c.is_ascii()).collect();
    let mut done = u32::try_from(out.len()).ok()?;
    if done > 0 {
        out.push('-');
    }
    let (mut code, mut delta, mut bias) = (128u32, 0u32, Bias::new());
    let codes = || label.iter().map(|character| u32::from(*character));
    while let Some(next) = codes().filter(|other| *other >= code).min() {
        delta = delta.checked_add((next - code).checked_mul(done + 1)?)?;
        code = next;
        for other in codes() {
            if other < code {
                delta += 1;
            } else if other == code {
                push_number(&mut out, delta, &bias);
                done += 1;
                bias.adapt(delta, done);
                delta = 0;
            }
        }
        (delta, code) = (delta + 1, code + 1);
    }
    Some(out)
}

fn push_number(out: &mut String, mut number: u32, bias: &Bias) {
    let mut k = 36;
    loop {
        let threshold = bias.threshold(k);
        if number < threshold {
            return out.extend(digit(number));
        }
        number -= threshold;
        out.extend(digit(threshold + number % (36 - threshold)));
        number /= 36 - threshold;
        k += 36;
    }
}

/// `a` to `z` are 0 to 25, `0` to `9` 26 to 35 (RFC 3492 §5).
fn digit(value: u32) -> Option<char> {
    char::from_digit((value + 10) % 36, 36)
}

fn value(digit: char) -> Option<u32> {
    Some((digit.to_digit(36)? + 26) % 36)
}
