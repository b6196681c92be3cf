//! The body of a refusal: its beginning, and no longer waited for than its end is away.

use std::time::Duration;

use bytes::{Buf, BytesMut};

use crate::{
    http::{Head, trim},
    transport::Transport,
};

/// What is kept.
const MAX_BYTES: usize = 4 << 10;
/// How long a body is waited for: 1 s.
const PATIENCE: Duration = Duration::from_secs(1);
/// A line with the size of a chunk, with its extensions.
const MAX_SIZE_LINE: usize = 256;

/// How a body ends (RFC 9112 §6.3).
#[derive(Debug, PartialEq)]
enum Framing {
    /// After so many bytes.
    Length(u64),
    Chunked(Chunk),
    /// With the connection.
    Connection,
}

/// Where in the chunked coding (RFC 9112 §7.1).
#[derive(Debug, PartialEq)]
enum Chunk {
    Size,
    Data(u64),
    /// The line end behind the data.
    End,
    /// Behind the last chunk, or behind what is not chunked.
    Over,
}

/// Reads the beginning of the body, what comes within `left` and before something breaks. `buffer` holds what came
/// with the head.
pub(super) async fn read(
    transport: &mut Transport,
    head: &Head,
    mut buffer: BytesMut,
    left: Duration,
) -> Vec<u8> {
    let mut framing = framing(head);
    let mut body = Vec::new();
    let fill = async {
        while !take(&mut framing, &mut buffer, &mut body) {
            buffer.reserve(MAX_BYTES);
            if !transport.read(&mut buffer).await.is_ok_and(|read| read > 0) {
                break;
            }
        }
    };
    // A body that does not come in time is told as far as it came.
    drop(tokio::time::timeout(PATIENCE.min(left), fill).await);
    body
}

fn framing(head: &Head) -> Framing {
    if matches!(head.status, 204 | 304) {
        return Framing::Length(0);
    }
    if let Some(last) = head.elements("transfer-encoding").last() {
        return if last.eq_ignore_ascii_case("chunked") {
            Framing::Chunked(Chunk::Size)
        } else {
            Framing::Connection
        };
    }
    let mut lengths = head.elements("content-length");
    let Some(first) = lengths.next() else {
        return Framing::Connection;
    };
    // Lengths that differ, or are none, leave the body in doubt: there is none.
    let agreed = lengths.all(|length| length == first);
    let digits = first.bytes().all(|byte| byte.is_ascii_digit());
    Framing::Length(if agreed && digits {
        first.parse().unwrap_or(u64::MAX)
    } else {
        0
    })
}

/// Moves what belongs to the body; whether it is complete, or as much as is kept.
fn take(framing: &mut Framing, buffer: &mut BytesMut, body: &mut Vec<u8>) -> bool {
    match framing {
        Framing::Length(left) => {
            *left -= copy(buffer, body, *left);
            *left == 0 || body.len() == MAX_BYTES
        }
        Framing::Connection => {
            copy(buffer, body, u64::MAX);
            body.len() == MAX_BYTES
        }
        Framing::Chunked(chunk) => loop {
            let Some(next) = step(chunk, buffer, body) else {
                return false;
            };
            *chunk = next;
            if *chunk == Chunk::Over || body.len() == MAX_BYTES {
                return true;
            }
        },
    }
}

/// Copies at most `most` bytes and as many as are kept.
fn copy(buffer: &mut BytesMut, body: &mut Vec<u8>, most: u64) -> u64 {
    let most = usize::try_from(most).unwrap_or(usize::MAX);
    let count = buffer.len().min(most).min(MAX_BYTES - body.len());
    body.extend_from_slice(&buffer[..count]);
    buffer.advance(count);
    count as u64
}

/// The next place in the chunked coding; `None` if more bytes are needed.
fn step(chunk: &Chunk, buffer: &mut BytesMut, body: &mut Vec<u8>) -> Option<Chunk> {
    match chunk {
        Chunk::Size => {
            let Some(end) = buffer.iter().position(|byte| *byte == b'\n') else {
                return (buffer.len() > MAX_SIZE_LINE).then_some(Chunk::Over);
            };
            let size = size(&buffer[..end]);
            buffer.advance(end + 1);
            Some(match size {
                None | Some(0) => Chunk::Over,
                Some(size) => Chunk::Data(size),
            })
        }
        Chunk::Data(left) if buffer.is_empty() && *left > 0 => None,
        Chunk::Data(left) => {
            let left = left - copy(buffer, body, *left);
            Some(if left == 0 {
                Chunk::End
            } else {
                Chunk::Data(left)
            })
        }
        Chunk::End => {
            let end = match buffer[..] {
                [b'\r', b'\n', ..] => 2,
                [b'\n', ..] => 1,
                [] | [b'\r'] => return None,
                _ => return Some(Chunk::Over),
            };
            buffer.advance(end);
            Some(Chunk::Size)
        }
        Chunk::Over => Some(Chunk::Over),
    }
}

/// The size of a chunk; `None` if it is none.
fn size(line: &[u8]) -> Option<u64> {
    let digits = line.split(|byte| *byte == b';').next()?;
    let digits = std::str::from_utf8(digits.strip_suffix(b"\r").unwrap_or(digits)).ok()?;
    let digits = trim(digits);
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    u64::from_str_radix(digits, 16).ok()
}

#[cfg(test)]
mod tests;
