//! Answers whole, in pieces, cut off, and at random beside a model.

use taro_socket_test_urls::{Chance, cases};

use super::*;

fn wrong<T>(answer: &Answer<T>) -> bool {
    matches!(answer, Answer::Wrong(_))
}

#[test]
fn answers_are_read_however_much_is_there() {
    let name = [&[5, 0, 0, 3, 3][..], b"a.b", &[0, 80]].concat();
    let table: [(&[u8], usize); 4] = [
        (&[5, 0, 0, 1, 0, 0, 0, 0, 0, 0], 10),
        (
            &[
                5, 0, 0, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0,
            ],
            22,
        ),
        (&name, 10),
        (&[5, 0, 0, 3, 0, 0, 0], 7),
    ];
    for (bytes, length) in table {
        for end in 0..bytes.len() {
            assert_eq!(reply(&bytes[..end]), Answer::Incomplete, "{bytes:?}: {end}");
        }
        for behind in [&b""[..], b"\x81\x02hi"] {
            let bytes = [bytes, behind].concat();
            assert_eq!(reply(&bytes), Answer::There(length, ()), "{bytes:?}");
        }
    }
    assert_eq!(method(&[]), Answer::Incomplete);
    assert_eq!(method(&[5]), Answer::Incomplete);
    assert_eq!(password(&[1]), Answer::Incomplete);
    assert_eq!(password(&[1, 0]), Answer::There(2, ()));
    assert_eq!(password(&[5, 0, 9]), Answer::There(2, ()));
    assert_eq!(password(&[1, 1]), Answer::Wrong(Wrong::Password));
    for (code, chosen) in [
        (0, Method::Nothing),
        (1, Method::Other),
        (2, Method::Password),
        (0xff, Method::Refused),
    ] {
        assert_eq!(method(&[5, code]), Answer::There(2, chosen));
    }
}

#[test]
fn what_is_no_socks5_is_told_at_its_first_byte() {
    let table: [(&[u8], &str); 4] = [
        (b"HTTP/1.1 400 Bad Request\r\n", "http://"),
        (b"\0Z", "SOCKS4"),
        (b"\x04", "SOCKS4"),
        (b"\x15\x03\x03", "begins with"),
    ];
    for (bytes, part) in table {
        for answer in [reply(bytes), reply(&bytes[..1])] {
            let Answer::Wrong(Wrong::Foreign(text)) = answer else {
                panic!("{bytes:?} passes: {answer:?}");
            };
            assert!(text.contains(part), "{text}");
        }
        assert!(wrong(&method(bytes)), "{bytes:?}");
    }
    assert!(wrong(&reply(&[5, 0, 0, 2])), "no such type of address");
}

/// A reply as RFC 1928 §6 lays it out: `Some(length)` where it is one, byte by byte.
fn model(bytes: &[u8]) -> Result<Option<usize>, ()> {
    let mut at = 0;
    let mut next = || {
        at += 1;
        bytes.get(at - 1).copied().map(usize::from)
    };
    let Some(version) = next() else {
        return Ok(None);
    };
    if version != 5 {
        return Err(());
    }
    let Some(code) = next() else { return Ok(None) };
    if code != 0 {
        return Err(());
    }
    let (Some(_), Some(kind)) = (next(), next()) else {
        return Ok(None);
    };
    let address = match kind {
        1 => 4,
        4 => 16,
        3 => match next() {
            Some(length) => length,
            None => return Ok(None),
        },
        _ => return Err(()),
    };
    for _ in 0..address + 2 {
        if next().is_none() {
            return Ok(None);
        }
    }
    Ok(Some(at))
}

#[test]
fn answers_at_random_are_what_a_model_says() {
    const STARTS: &[&[u8]] = &[
        &[5, 0, 0, 1, 127, 0, 0, 1, 0, 80],
        &[5, 0, 0, 3, 2, b'a', b'b', 0, 80],
        &[
            5, 0, 0, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 80,
        ],
        &[5, 5, 0, 1, 0, 0, 0, 0, 0, 0],
        &[5, 2],
        &[5, 0xff],
        b"HTTP/1.1 200 OK\r\n\r\n",
        &[],
    ];
    let mut chance = Chance::new(7);
    let mut there = 0;
    let all = cases(20_000);
    for _ in 0..all {
        let mut bytes = chance.of(STARTS).to_vec();
        chance.disturb(&mut bytes, &[0, 1, 2, 3, 4, 5, 7, 0x48, 0xfe, 0xff]);
        let told = match reply(&bytes) {
            Answer::Incomplete => Ok(None),
            Answer::There(length, ()) => Ok(Some(length)),
            Answer::Wrong(_) => Err(()),
        };
        assert_eq!(told, model(&bytes), "{bytes:?}");
        there += usize::from(matches!(told, Ok(Some(_))));
        // In pieces it is the same, told at the same byte or before.
        for end in 0..bytes.len() {
            match reply(&bytes[..end]) {
                Answer::Incomplete => {}
                Answer::There(length, ()) => assert_eq!(told, Ok(Some(length)), "{bytes:?}"),
                Answer::Wrong(_) => assert_eq!(told, Err(()), "{bytes:?}"),
            }
        }
        let (chosen, taken) = (method(&bytes), password(&bytes));
        assert_eq!(
            matches!(chosen, Answer::There(2, _)),
            bytes.len() > 1 && bytes[0] == 5
        );
        assert_eq!(
            matches!(taken, Answer::There(2, ())),
            bytes.len() > 1 && bytes[1] == 0
        );
    }
    assert!(there > all / 10, "sound ones are among them: {there}");
}
