//! Numbers and times as people read them.

use js_sys::Date;

/// `1,234,567`.
pub(crate) fn count(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at) % 3 == 0 {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// `512 B`, `1.5 KiB`, `8.0 MiB`.
pub(crate) fn bytes(number: u64) -> String {
    #[allow(clippy::cast_precision_loss, reason = "one decimal is shown")]
    let number_f = number as f64;
    match number {
        0..1024 => format!("{number} B"),
        1024..1_048_576 => format!("{:.1} KiB", number_f / 1024.0),
        _ => format!("{:.1} MiB", number_f / 1_048_576.0),
    }
}

/// `0.42 ms`, `12.3 ms`, `1,234 ms`.
pub(crate) fn milliseconds(time: f64) -> String {
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "times are small and not negative"
    )]
    match time {
        ..10.0 => format!("{time:.2} ms"),
        ..100.0 => format!("{time:.1} ms"),
        _ => format!("{} ms", count(time.round() as u64)),
    }
}

/// The local time of day, `12:34:56.789`.
pub(crate) fn time_of_day() -> String {
    let now = Date::new_0();
    let (hours, minutes) = (now.get_hours(), now.get_minutes());
    let (seconds, rest) = (now.get_seconds(), now.get_milliseconds());
    format!("{hours:02}:{minutes:02}:{seconds:02}.{rest:03}")
}
