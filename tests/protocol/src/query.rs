//! The query of a request target: ordered pairs, percent-encoded.

use std::fmt::{self, Display};

/// Ordered name and value pairs of a query.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    pairs: Vec<(String, String)>,
}

impl Query {
    /// Reads the part behind `?`.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        let pairs = text
            .split('&')
            .filter(|pair| !pair.is_empty())
            .map(|pair| pair.split_once('=').unwrap_or((pair, "")))
            .map(|(name, value)| (percent_decode(name), percent_decode(value)))
            .collect();
        Self { pairs }
    }

    /// Adds a pair.
    pub fn push(&mut self, name: &str, value: impl Display) -> &mut Self {
        self.pairs.push((name.to_owned(), value.to_string()));
        self
    }

    /// The first value under `name`, or the empty string.
    #[must_use]
    pub fn text(&self, name: &str) -> String {
        self.get(name).unwrap_or_default().to_owned()
    }

    /// Every value under `name`, in order.
    #[must_use]
    pub fn all(&self, name: &str) -> Vec<String> {
        let named = self.pairs.iter().filter(|(key, _)| key == name);
        named.map(|(_, value)| value.clone()).collect()
    }

    /// The first value under `name` as a number.
    #[must_use]
    pub fn number<T: std::str::FromStr>(&self, name: &str) -> Option<T> {
        self.get(name)?.parse().ok()
    }

    /// The first value under `name` as a number, or `default`.
    #[must_use]
    pub fn number_or<T: std::str::FromStr>(&self, name: &str, default: T) -> T {
        self.number(name).unwrap_or(default)
    }

    /// Whether the value under `name` is `true`.
    #[must_use]
    pub fn flag(&self, name: &str) -> bool {
        self.get(name) == Some("true")
    }

    pub(crate) fn push_all(&mut self, name: &str, values: &[String]) -> &mut Self {
        for value in values {
            self.push(name, value);
        }
        self
    }

    pub(crate) fn push_close(&mut self, code: Option<u16>, reason: &str) -> &mut Self {
        if let Some(code) = code {
            self.push("code", code);
        }
        self.push("reason", reason)
    }

    pub(crate) fn on(&mut self, path: &'static str) -> &'static str {
        path
    }

    fn get(&self, name: &str) -> Option<&str> {
        let mut named = self.pairs.iter().filter(|(key, _)| key == name);
        named.next().map(|(_, value)| value.as_str())
    }
}

impl Display for Query {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, (name, value)) in self.pairs.iter().enumerate() {
            let joint = if index == 0 { "" } else { "&" };
            write!(
                f,
                "{joint}{}={}",
                percent_encode(name),
                percent_encode(value)
            )?;
        }
        Ok(())
    }
}

/// Encodes all but RFC 3986 unreserved characters.
#[must_use]
pub fn percent_encode(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                out.push(char::from(byte))
            }
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

/// Decodes percent escapes; a malformed escape stays as it is, invalid UTF-8 becomes U+FFFD.
#[must_use]
pub fn percent_decode(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let escape = (bytes[at] == b'%')
            .then(|| bytes.get(at + 1..at + 3))
            .flatten();
        let value = escape
            .and_then(|digits| std::str::from_utf8(digits).ok())
            .and_then(|digits| u8::from_str_radix(digits, 16).ok());
        out.push(value.unwrap_or(bytes[at]));
        at += if value.is_some() { 3 } else { 1 };
    }
    String::from_utf8_lossy(&out).into_owned()
}
