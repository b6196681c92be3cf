//! The head of the answer, each byte looked at once, so that what is wrong is told as soon as it comes.

use bytes::{Buf, BytesMut};
use taro_socket_api::Header;

use super::{Answerer, foreign};
use crate::error::excerpt;

/// The interim answers and the final one together.
const MAX_BYTES: usize = 64 << 10;

/// The head of an HTTP/1.x answer.
#[derive(Debug)]
pub(crate) struct Head {
    /// HTTP/1.0, or 1.1 and later.
    pub(crate) outdated: bool,
    pub(crate) status: u16,
    pub(crate) reason: String,
    pub(crate) header: Header,
}

impl Head {
    /// The values of the fields of this name.
    pub(crate) fn values(&self, name: &str) -> impl Iterator<Item = &str> {
        let fields = self.header.iter();
        fields.filter_map(move |(key, value)| key.eq_ignore_ascii_case(name).then_some(value))
    }

    /// The elements of a list; empty ones are passed over (RFC 9110 §5.6.1.2).
    pub(crate) fn elements(&self, name: &str) -> impl Iterator<Item = &str> {
        let elements = self.values(name).flat_map(|value| value.split(','));
        elements.map(trim).filter(|element| !element.is_empty())
    }
}

/// Finds the final answer's head in what has come.
#[derive(Debug)]
pub(crate) struct HeadReader {
    answerer: Answerer,
    scan: Scan,
    /// Bytes that interim answers and the final head may still have.
    room: usize,
    /// Header fields that they may still have.
    fields: usize,
}

impl HeadReader {
    pub(crate) fn new(answerer: Answerer) -> Self {
        Self {
            answerer,
            scan: Scan::default(),
            room: MAX_BYTES,
            fields: answerer.max_fields(),
        }
    }

    /// Takes the head off `buffer` once it is there, or tells what is wrong. Interim answers before it are passed over
    /// (RFC 9110 §15.2); what comes behind it stays in `buffer`.
    pub(crate) fn take(&mut self, buffer: &mut BytesMut) -> Result<Option<Head>, String> {
        loop {
            let end = self.scan.find_end(buffer, self.answerer)?;
            if end.unwrap_or(buffer.len()) > self.room {
                return Err(format!(
                    "the answer's head is over {MAX_BYTES} bytes: let {} send fewer or smaller fields",
                    self.answerer.name()
                ));
            }
            if self.scan.fields > self.fields {
                return Err(format!(
                    "the answer's head has over {} fields: let {} send fewer",
                    self.answerer.max_fields(),
                    self.answerer.name()
                ));
            }
            let Some(end) = end else {
                return Ok(None);
            };
            let head = parse(&buffer[..end]);
            buffer.advance(end);
            if head.status == 101 || !(100..200).contains(&head.status) {
                return Ok(Some(head));
            }
            self.room -= end;
            self.fields -= self.scan.fields;
            self.scan = Scan::default();
        }
    }
}

/// How far the bytes have been looked at.
#[derive(Debug, Default)]
struct Scan {
    at: usize,
    /// Where the present line begins.
    line: usize,
    /// Header fields so far, and lines that continue them.
    fields: usize,
}

impl Scan {
    /// Where the head ends, once its empty line is there; or what is wrong.
    fn find_end(&mut self, bytes: &[u8], answerer: Answerer) -> Result<Option<usize>, String> {
        if self.line == 0 {
            foreign::check(bytes, answerer)?;
        }
        while let Some(byte) = bytes.get(self.at) {
            let after_cr = self.at > 0 && bytes[self.at - 1] == b'\r';
            self.at += 1;
            match byte {
                b'\n' if !after_cr => {
                    return Err(format!(
                        "the answer's lines end with LF alone: let {} end them with CR LF (RFC 9112 §2.2)",
                        answerer.name()
                    ));
                }
                b'\n' => {
                    let line = &bytes[self.line..self.at - 2];
                    if line.is_empty() {
                        return Ok(Some(self.at));
                    }
                    if self.line > 0 {
                        check_field(line, answerer)?;
                        self.fields += 1;
                    }
                    self.line = self.at;
                }
                _ if after_cr => return Err(control(b'\r', answerer)),
                b'\t' | b'\r' | b' '..=b'~' | 0x80.. => {}
                byte => return Err(control(*byte, answerer)),
            }
        }
        Ok(None)
    }
}

fn control(byte: u8, answerer: Answerer) -> String {
    let who = answerer.or_between();
    let byte = byte.escape_ascii();
    format!("the answer's head has the control character `{byte}`: {who} does not speak HTTP/1.1")
}

/// RFC 9112 §5: a name, a colon, a value; or the rest of the field before (§5.2).
fn check_field(line: &[u8], answerer: Answerer) -> Result<(), String> {
    let name = line.split(|byte| *byte == b':').next().unwrap_or_default();
    let named = name.len() < line.len() && !name.is_empty() && name.iter().all(is_token_byte);
    if named || line.starts_with(b" ") || line.starts_with(b"\t") {
        return Ok(());
    }
    let (line, who) = (excerpt::bytes(line), answerer.or_between());
    Err(format!(
        "the answer has a line that is no header field ({line}): {who} does not speak HTTP/1.1"
    ))
}

/// RFC 9110 §5.6.2 `tchar`.
fn is_token_byte(byte: &u8) -> bool {
    byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(byte)
}

/// Without the blanks around it: RFC 9110 §5.6.3 knows SP and HTAB, Unicode more.
pub(crate) fn trim(text: &str) -> &str {
    text.trim_matches([' ', '\t'])
}

/// Takes a checked head apart.
fn parse(bytes: &[u8]) -> Head {
    let text = String::from_utf8_lossy(bytes);
    let mut lines = text.split("\r\n");
    let start = lines.next().unwrap_or_default();
    let mut fields: Vec<(String, String)> = Vec::new();
    for line in lines.filter(|line| !line.is_empty()) {
        match line.split_once(':') {
            Some((name, value)) if !line.starts_with([' ', '\t']) => {
                fields.push((name.to_owned(), trim(value).to_owned()));
            }
            _ => {
                if let Some((_, value)) = fields.last_mut() {
                    value.push(' ');
                    value.push_str(trim(line));
                }
            }
        }
    }
    Head {
        outdated: start.starts_with("HTTP/1.0"),
        status: start
            .get(9..12)
            .map_or(0, |status| status.parse().unwrap_or(0)),
        reason: trim(start.get(12..).unwrap_or_default()).to_owned(),
        header: fields.into_iter().collect(),
    }
}

#[cfg(test)]
mod tests;
