//! URLs at random: what goes in comes out, and nothing of a wrong one is told.

use data_encoding::BASE64;
use taro_socket_test_urls::{Chance, cases};

use super::*;

const SCHEMES: &[(&str, Scheme)] = &[
    ("", Scheme::Http),
    ("http://", Scheme::Http),
    ("HTTP://", Scheme::Http),
    ("https://", Scheme::Https),
    ("socks5://", Scheme::Socks5),
    ("Socks5H://", Scheme::Socks5h),
];
/// As written, and as it goes on the wire.
const HOSTS: &[(&str, &str)] = &[
    ("proxy.example", "proxy.example"),
    ("Proxy.Example", "proxy.example"),
    ("bücher.example", "xn--bcher-kva.example"),
    ("127.0.0.1", "127.0.0.1"),
    ("0x7f.1", "127.0.0.1"),
    ("[::1]", "[::1]"),
    ("[2001:DB8::0]", "[2001:db8::]"),
];
const CHARACTERS: &[char] = &[
    'a', 'Z', '0', ':', '@', '/', '?', '#', '%', '\\', ' ', '"', '+', '&', 'ä', '中', '[', ']',
    '\u{7f}', '\r', '\n',
];

fn word(chance: &mut Chance) -> String {
    let length = chance.below(6);
    (0..length).map(|_| chance.of(CHARACTERS)).collect()
}

/// Percent-encoded, all of it or what has to be; `user` may have no colon.
fn encoded(word: &str, all: bool, user: bool) -> String {
    let mut out = String::new();
    for character in word.chars() {
        let special = "@/?#%\\".contains(character) || (user && character == ':');
        if all || special || character.is_control() || character.is_whitespace() {
            let mut bytes = [0; 4];
            for byte in character.encode_utf8(&mut bytes).bytes() {
                out.push_str(&format!("%{byte:02x}"));
            }
        } else {
            out.push(character);
        }
    }
    out
}

#[test]
fn what_goes_in_comes_out() {
    let mut chance = Chance::new(5);
    for _ in 0..cases(5_000) {
        let (scheme, is) = chance.of(SCHEMES);
        let (host, at) = chance.of(HOSTS);
        let (user, password) = (word(&mut chance), word(&mut chance));
        let all = chance.below(2) == 0;
        let mut url = format!("{scheme}{}", encoded(&user, all, true));
        if !password.is_empty() || chance.below(2) == 0 {
            url.push_str(&format!(":{}", encoded(&password, all, false)));
        }
        let port = chance.of(&[None, Some(0), Some(1), Some(80), Some(3128), Some(65535)]);
        url.push_str(&format!("@{host}"));
        if let Some(port) = port {
            url.push_str(&format!(":{port}"));
        }
        url.push_str(chance.of(&["", "/"]));
        let parts = parse(&url).unwrap_or_else(|wrong| panic!("{url}: {wrong}"));
        let place = format!("{at}:{}", port.unwrap_or_else(|| is.default_port()));
        assert_eq!((parts.scheme, name::place(&parts.at)), (is, place), "{url}");
        let basic = parts.credentials.map(|known| known.basic());
        let right = BASE64.encode(format!("{user}:{password}").as_bytes());
        let right = format!("Basic {right}");
        match user.is_empty() && password.is_empty() {
            true => assert_eq!(basic, None, "{url}"),
            false => assert_eq!(basic, Some(right), "{url}"),
        }
    }
}

#[test]
fn whatever_is_wrong_nothing_of_it_is_told() {
    const NASTY: &[u8] = b":/?#@%[]\\ .,0aZ\t\n\0\x7f-";
    let mut chance = Chance::new(9);
    let mut wrong = 0;
    for _ in 0..cases(5_000) {
        let mut url = chance.of(SCHEMES).0.as_bytes().to_vec();
        url.extend(b"SECRET:%51QJX@");
        url.extend(chance.of(HOSTS).0.bytes());
        url.extend(chance.of(&["", ":1", ":QJX", "/QJX", "?QJX"]).bytes());
        chance.disturb(&mut url, NASTY);
        let Ok(url) = String::from_utf8(url) else {
            continue;
        };
        let shown = match super::super::Proxy::new(&url) {
            // Of the host and the port nothing is secret.
            Ok(proxy) if url.rfind('@').is_some() => format!("{proxy} {proxy:?}"),
            Ok(_) => continue,
            Err(error) => {
                wrong += 1;
                format!("{error} {error:?}")
            }
        };
        let host = url.rsplit_once('@').map_or("", |(_, host)| host);
        for secret in ["SECRET", "QJX"] {
            assert!(
                !shown.contains(secret) || host.contains(secret),
                "{url}: {shown}"
            );
        }
    }
    assert!(wrong > 0);
}
