//! Heads in any pieces, sound and wrong.

use super::*;

/// Where the head ends, or why not, fed in pieces of `piece` bytes.
fn end(bytes: &[u8], piece: usize) -> Result<Option<usize>, String> {
    let mut scan = Scan::default();
    let mut fed = 0;
    while fed < bytes.len() {
        fed = bytes.len().min(fed + piece);
        if let Some(end) = scan.find_end(&bytes[..fed], Answerer::Server)? {
            return Ok(Some(end));
        }
    }
    Ok(None)
}

#[test]
fn the_end_is_found_however_small_the_pieces() {
    let head = b"HTTP/1.1 101 Sw\r\nA: b\r\nC:d\r\n\r\n";
    let behind = [&head[..], b"\x81\x02hi"].concat();
    for piece in 1..behind.len() {
        assert_eq!(
            end(&behind, piece),
            Ok(Some(head.len())),
            "pieces of {piece}"
        );
        assert_eq!(end(&head[..head.len() - 1], piece), Ok(None));
    }
}

#[test]
fn what_is_wrong_is_wrong_at_once_and_in_any_pieces() {
    let table: [(&[u8], &str); 9] = [
        (b"HTTP/1.1 101 Sw\n", "LF alone"),
        (b"HTTP/1.1 101 Sw\r\nA: b\n", "LF alone"),
        (b"HTTP/1.1 101 Sw\rA", r"`\r`"),
        (b"HTTP/1.1 101 Sw\r\nA: \0", r"`\x00`"),
        (b"HTTP/1.1 101 Sw\r\nA: \x7f", r"`\x7f`"),
        (b"HTTP/1.1 101 Sw\r\ngarbage\r\n", "`garbage`"),
        (b"HTTP/1.1 101 Sw\r\nA b: c\r\n", "`A b: c`"),
        (b"HTTP/1.1 101 Sw\r\n: c\r\n", "`: c`"),
        (b"SSH-2.0-x\r\n", "SSH"),
    ];
    for (bytes, part) in table {
        for piece in 1..=bytes.len() {
            let text = end(bytes, piece).expect_err("wrong");
            assert!(
                piece < bytes.len() || text.contains(part),
                "{bytes:?}: {text}"
            );
        }
    }
}

#[test]
fn a_head_is_taken_apart() {
    let head =
        parse(b"HTTP/1.0 404 Not  there\r\nA:b\r\nLong: one\r\n\t two\r\nE: \r\na: \xff c\r\n\r\n");
    assert!(head.outdated);
    assert_eq!((head.status, head.reason.as_str()), (404, "Not  there"));
    let fields: Vec<_> = head.header.iter().collect();
    assert_eq!(
        fields,
        [
            ("A", "b"),
            ("Long", "one two"),
            ("E", ""),
            ("a", "\u{fffd} c")
        ]
    );
    assert_eq!(head.values("a").count(), 2);
    let bare = parse(b"HTTP/1.1 200\r\n\r\n");
    assert_eq!(
        (bare.status, bare.reason.as_str(), bare.outdated),
        (200, "", false)
    );
}

#[test]
fn elements_of_lists_are_trimmed_and_empty_ones_passed_over() {
    let head = parse(b"HTTP/1.1 200\r\nX: a ,, b\r\nX:\r\nx: c\r\n\r\n");
    assert_eq!(head.elements("X").collect::<Vec<_>>(), ["a", "b", "c"]);
}

#[test]
fn blanks_are_space_and_tab_alone() {
    let head =
        parse("HTTP/1.1 200 \u{a0}No\u{3000} \r\nX: \t\u{a0}a\u{85}\t \r\n\u{2003}\r\n".as_bytes());
    assert_eq!(head.reason, "\u{a0}No\u{3000}");
    assert_eq!(
        head.elements("x").collect::<Vec<_>>(),
        ["\u{a0}a\u{85} \u{2003}"]
    );
}

mod random;
