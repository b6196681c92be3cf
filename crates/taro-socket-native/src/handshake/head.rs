//! The head of the answer, each byte looked at once, so that what is wrong is told as soon as it comes.

use bytes::{Buf, BytesMut};
use taro_socket_api::{Error, Header, Result};

use super::{exchange::Exchange, foreign};
use crate::error::{self, excerpt};

/// The interim answers and the final one together.
const MAX_BYTES: usize = 64 << 10;

/// The head of an HTTP/1.x answer.
#[derive(Debug)]
pub(super) struct Head {
    /// HTTP/1.0, or 1.1 and later.
    pub(super) outdated: bool,
    pub(super) status: u16,
    pub(super) reason: String,
    pub(super) header: Header,
}

impl Head {
    /// The values of the fields of this name.
    pub(super) fn values(&self, name: &str) -> impl Iterator<Item = &str> {
        let fields = self.header.iter();
        fields.filter_map(move |(key, value)| key.eq_ignore_ascii_case(name).then_some(value))
    }

    /// The elements of a list; empty ones are passed over (RFC 9110 §5.6.1.2).
    pub(super) fn elements(&self, name: &str) -> impl Iterator<Item = &str> {
        let elements = self.values(name).flat_map(|value| value.split(','));
        elements.map(trim).filter(|element| !element.is_empty())
    }
}

/// Reads the final answer's head. Interim answers before it are passed over (RFC 9110 §15.2); what comes behind
/// it stays in `buffer`.
pub(super) async fn read(
    exchange: &mut Exchange,
    buffer: &mut BytesMut,
    place: &str,
) -> Result<Head> {
    let mut room = MAX_BYTES;
    let mut scan = Scan::default();
    loop {
        match scan.find_end(buffer) {
            Err(wrong) => return Err(error::handshake(place, &wrong)),
            Ok(Some(end)) if end <= room => {
                let head = parse(&buffer[..end]);
                buffer.advance(end);
                room = room.saturating_sub(end);
                if head.status == 101 || !(100..200).contains(&head.status) {
                    return Ok(head);
                }
                scan = Scan::default();
                continue;
            }
            Ok(None) if buffer.len() <= room => {}
            Ok(_) => return Err(too_long(place)),
        }
        buffer.reserve(4096);
        match exchange.read(buffer).await {
            Ok(0) => return Err(error::cut(place, None)),
            Ok(_) => {}
            Err(broken) => return Err(error::cut(place, Some(broken))),
        }
    }
}

fn too_long(place: &str) -> Error {
    let text = format!(
        "the answer's head is over {MAX_BYTES} bytes: let the server send fewer or smaller fields"
    );
    error::handshake(place, &text)
}

/// How far the bytes have been looked at.
#[derive(Debug, Default)]
struct Scan {
    at: usize,
    /// Where the present line begins.
    line: usize,
}

impl Scan {
    /// Where the head ends, once its empty line is there; or what is wrong.
    fn find_end(&mut self, bytes: &[u8]) -> Result<Option<usize>, String> {
        if self.line == 0 {
            foreign::check(bytes)?;
        }
        while let Some(byte) = bytes.get(self.at) {
            let after_cr = self.at > 0 && bytes[self.at - 1] == b'\r';
            self.at += 1;
            match byte {
                b'\n' if !after_cr => {
                    return Err("the answer's lines end with LF alone: let the server end them with CR LF (RFC 9112 §2.2)".into());
                }
                b'\n' => {
                    let line = &bytes[self.line..self.at - 2];
                    if line.is_empty() {
                        return Ok(Some(self.at));
                    }
                    if self.line > 0 {
                        check_field(line)?;
                    }
                    self.line = self.at;
                }
                _ if after_cr => return Err(control(b'\r')),
                b'\t' | b'\r' | b' '..=b'~' | 0x80.. => {}
                byte => return Err(control(*byte)),
            }
        }
        Ok(None)
    }
}

fn control(byte: u8) -> String {
    let byte = byte.escape_ascii();
    format!(
        "the answer's head has the control character `{byte}`: the server, or a proxy between, does not speak HTTP/1.1"
    )
}

/// RFC 9112 §5: a name, a colon, a value; or the rest of the field before (§5.2).
fn check_field(line: &[u8]) -> Result<(), String> {
    let name = line.split(|byte| *byte == b':').next().unwrap_or_default();
    let named = name.len() < line.len() && !name.is_empty() && name.iter().all(is_token_byte);
    if named || line.starts_with(b" ") || line.starts_with(b"\t") {
        return Ok(());
    }
    let line = excerpt::bytes(line);
    Err(format!(
        "the answer has a line that is no header field ({line}): the server, or a proxy between, does not speak HTTP/1.1"
    ))
}

/// RFC 9110 §5.6.2 `tchar`.
fn is_token_byte(byte: &u8) -> bool {
    byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(byte)
}

/// Without the blanks around it: RFC 9110 §5.6.3 knows SP and HTAB, Unicode more.
pub(super) fn trim(text: &str) -> &str {
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
