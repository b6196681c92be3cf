//! Answers that are not HTTP/1.x, told from their first bytes.

use super::Answerer;
use crate::error::excerpt;

/// `d` stands for a digit.
const STATUS_LINE: &[u8] = b"HTTP/1.d ddd";

/// Whether the bytes are, as far as they have come, the beginning of a status line (RFC 9112 §4); what else
/// they seem to be.
pub(super) fn check(bytes: &[u8], answerer: Answerer) -> Result<(), String> {
    let fits = |(byte, expected): (&u8, &u8)| match expected {
        b'd' => byte.is_ascii_digit(),
        expected => byte == expected,
    };
    let begun = bytes.iter().zip(STATUS_LINE).all(fits);
    // A missing phrase may lack its blank too.
    let next = bytes.get(STATUS_LINE.len());
    if begun && matches!(next, None | Some(b' ' | b'\r' | b'\n')) {
        return Ok(());
    }
    let beginning = excerpt::bytes(bytes);
    let (who, (plain, secure)) = (answerer.name(), answerer.schemes());
    Err(match bytes {
        // RFC 8446 §5.1: an alert, or a handshake record.
        [0x15 | 0x16] | [0x15 | 0x16, 3, ..] => {
            format!("{who} speaks TLS at this port: {secure} instead of {plain}, or another port?")
        }
        // RFC 9113 §3.4: a server begins with SETTINGS.
        [0, 0, _, 4, ..]
        | [b'H', b'T', b'T', b'P', b'/', b'2' | b'3', ..]
        | [b'P', b'R', b'I', b' ', ..] => {
            format!(
                "{who} speaks HTTP/2 or later without being asked: let it answer HTTP/1.1 at this port, or use another"
            )
        }
        // RFC 1928 §3: a version, and a method or none.
        [5, 0..=2 | 0xff] if answerer == Answerer::Proxy => {
            "a SOCKS5 proxy is at this port: socks5h:// instead of http://".to_owned()
        }
        [b'S', b'S', b'H', b'-', ..] => {
            format!("an SSH server is at this port ({beginning}): check the port")
        }
        _ => format!("the answer is not HTTP/1.1, it begins with {beginning}: check host and port"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_status_line_passes_in_any_piece() {
        let line = b"HTTP/1.1 101 Switching Protocols\r\n";
        for end in 0..=line.len() {
            assert_eq!(check(&line[..end], Answerer::Server), Ok(()), "{end} bytes");
        }
        for sound in [&b"HTTP/1.0 200 OK\r\n"[..], b"HTTP/1.1 404\r\n"] {
            assert_eq!(check(sound, Answerer::Server), Ok(()));
        }
    }

    #[test]
    fn other_answers_are_named_at_their_first_wrong_byte() {
        let table: [(&[u8], &str); 14] = [
            (b"\x15", "wss://"),
            (b"\x15\x03\x03\0\x02\x02\x46", "wss://"),
            (b"\x16\x03\x03", "wss://"),
            (b"\x15\x02", r"`\x15\x02`"),
            (b"SSH-2.0-OpenSSH_9.6\r\n", "`SSH-2.0-OpenSSH_9.6`"),
            (b"\0\0\x12\x04\0\0\0\0\0", "HTTP/2"),
            (b"HTTP/2 200\r\n", "HTTP/2"),
            (b"PRI * HTTP/2.0\r\n", "HTTP/2"),
            (b"220 mail.example ESMTP\r\n", "`220 mail.example ESMTP`"),
            (b"\r\nHTTP/1.1 101", "begins with"),
            (b"http/1.1 101", "`http/1.1 101`"),
            (b"HTTP/1.1 1O1", "`HTTP/1.1 1O1`"),
            (b"HTTP/1.1 1010", "`HTTP/1.1 1010`"),
            (b"HTTX", "`HTTX`"),
        ];
        for (bytes, part) in table {
            let text = check(bytes, Answerer::Server).expect_err("no status line");
            assert!(text.contains(part), "{bytes:?}: {text}");
        }
    }

    #[test]
    fn a_proxy_is_told_of_in_its_own_words() {
        let table: [(&[u8], &str); 4] = [
            (b"\x15\x03\x03", "https:// instead of http://"),
            (b"\x05\xff", "SOCKS5"),
            (b"\x05\x03", r"`\x05\x03`"),
            (b"HTTP/2 200\r\n", "the proxy speaks HTTP/2"),
        ];
        for (bytes, part) in table {
            let text = check(bytes, Answerer::Proxy).expect_err("no status line");
            assert!(text.contains(part), "{bytes:?}: {text}");
        }
    }
}
