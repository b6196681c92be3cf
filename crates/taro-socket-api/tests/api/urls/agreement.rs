//! The same as the crate `url` for URLs by chance.

use taro_socket_api::{Error, SocketUrl};
use taro_socket_test_urls::{REFUSED, TAKEN, TAKEN_WITH_TABLES, Urls, has_drive, others};

const CASES: usize = 120_000;

/// Whether the refusal is one for want of tables.
fn wants_tables(error: &Error) -> bool {
    error.reason().ends_with("write the host in its xn-- form")
}

/// Whether the host has an `xn--` form, whose characters only tables know.
fn has_xn_form(url: &str) -> bool {
    let host = url.split(['/', '?']).nth(2).unwrap_or_default();
    host.split('.').any(|label| label.starts_with("xn--"))
}

/// Whether it is taken, and whether others say the same; panics where they may not differ.
fn compare(url: &str) -> (bool, bool) {
    let right = others(url);
    match SocketUrl::parse(url) {
        Ok(parsed) if right.is_none() => {
            assert!(
                has_xn_form(parsed.as_str()),
                "{url:?} is refused by others: {parsed}"
            );
            (true, false)
        }
        Ok(parsed) => {
            assert_eq!(Some(parsed.as_str()), right.as_deref(), "{url:?}");
            (true, true)
        }
        Err(error) => {
            let alone = right.is_some();
            assert!(
                !alone || wants_tables(&error),
                "{url:?} is taken by others: {error}"
            );
            (false, !alone)
        }
    }
}

#[test]
fn as_others_parse() {
    let (mut taken, mut alike) = (0, 0);
    for url in Urls::new(8).filter(|url| !has_drive(url)).take(CASES) {
        let (ours, same) = compare(&url);
        taken += usize::from(ours);
        alike += usize::from(same);
    }
    // The generator's URLs are worth their time: neither good alone nor bad alone, and few that only tables decide.
    assert!(
        taken > CASES / 5 && taken < CASES * 4 / 5,
        "{taken} of {CASES} are taken"
    );
    assert!(alike > CASES * 9 / 10, "{alike} of {CASES} are alike");
}

/// The table says what others say.
#[test]
fn the_table_is_that_of_others() {
    for (url, right) in TAKEN.iter().chain(TAKEN_WITH_TABLES) {
        assert_eq!(others(url).as_deref(), Some(*right), "{url:?}");
    }
    for url in REFUSED {
        assert_eq!(others(url), None, "{url:?}");
    }
}

/// Each character that is taken without tables is what it is with them, alone and between others.
#[test]
fn characters_one_by_one() {
    let codes = (0x80..0x1_0000).chain((0x1_0000..0x11_0000).step_by(61));
    for character in codes.filter_map(char::from_u32) {
        let _ = compare(&format!("ws://a{character}b中.{character}"));
    }
}
