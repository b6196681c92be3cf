//! Lists and servers at random, beside a model that compares labels and bits one by one.

use std::net::IpAddr;

use taro_socket_test_urls::{Chance, cases};

use super::*;

const ELEMENTS: &[&str] = &[
    "a",
    "a.b",
    ".a.b",
    "a.b.",
    "b",
    "A.B",
    "c.a.b",
    "localhost",
    "*",
    "*.b",
    "10.0.0.1",
    "10.0.0.0/8",
    "10.0.0.0/31",
    "0.0.0.0/0",
    "::1",
    "[::1]",
    "fd00::/8",
    "[fd00::]/8",
    "::/0",
    "a.b:80",
    "10.0.0.1:80",
    "[::1]:81",
    "a.b:81",
    "1",
    "",
    ".",
    "..",
    "xn--a",
    "/8",
    ":80",
    "[",
];
const SERVERS: &[&str] = &[
    "a",
    "a.b",
    "a.b.",
    "c.a.b",
    "ab",
    "x-a.b",
    "b",
    "localhost",
    "10.0.0.1",
    "10.0.0.0",
    "10.255.0.1",
    "11.0.0.1",
    "[::1]",
    "[::]",
    "[fd00::1]",
    "[fe80::1]",
    "a.b:81",
    "10.0.0.1:81",
    "[::1]:81",
];
const NASTY: &[u8] = b".,: /*[]-0189abAB%\t\n";

/// The labels of a name, from the right.
fn labels(name: &str) -> Vec<String> {
    let name = name.strip_suffix('.').unwrap_or(name);
    let labels = name.split('.').rev();
    labels.map(str::to_lowercase).collect()
}

fn bits(ip: IpAddr) -> Vec<bool> {
    let bytes = match ip {
        IpAddr::V4(ip) => ip.octets().to_vec(),
        IpAddr::V6(ip) => ip.octets().to_vec(),
    };
    let of_byte = |byte: u8| (0..8).map(move |bit| byte & (0x80 >> bit) != 0);
    bytes.into_iter().flat_map(of_byte).collect()
}

fn digits<N: FromStr>(text: &str) -> Option<N> {
    let plain = !text.is_empty() && text.chars().all(|digit| digit.is_ascii_digit());
    plain.then(|| text.parse().ok()).flatten()
}

/// Whether one element names a server.
fn element_names(element: &str, host: &str, ip: Option<IpAddr>, port: u16) -> bool {
    if element == "*" {
        return true;
    }
    let colons = element.matches(':').count();
    let bracketed = element
        .rfind("]:")
        .is_some_and(|at| !element[at + 2..].contains(':'));
    let (element, only) = if colons == 1 || bracketed {
        let at = element.rfind(':').expect("a colon");
        (&element[..at], Some(&element[at + 1..]))
    } else {
        (element, None)
    };
    if only.is_some_and(|only| digits::<u16>(only) != Some(port)) {
        return false;
    }
    let Some(ip) = ip else {
        let element = element.strip_suffix('.').unwrap_or(element);
        let element = element.strip_prefix('.').unwrap_or(element);
        return !element.is_empty() && labels(host).starts_with(&raw_labels(element));
    };
    let (address, length) = match element.find('/') {
        Some(at) => (&element[..at], Some(&element[at + 1..])),
        None => (element, None),
    };
    let inner = address
        .strip_prefix('[')
        .and_then(|rest| rest.strip_suffix(']'));
    let Ok(network) = inner.unwrap_or(address).parse::<IpAddr>() else {
        return false;
    };
    let (ours, theirs) = (bits(ip), bits(network));
    let length = match length {
        None => Some(ours.len()),
        Some(length) => digits(length),
    };
    ours.len() == theirs.len()
        && length.is_some_and(|length| length <= ours.len() && ours[..length] == theirs[..length])
}

/// As `labels`, of what has lost its last dot already.
fn raw_labels(name: &str) -> Vec<String> {
    name.split('.').rev().map(str::to_lowercase).collect()
}

#[test]
fn lists_name_servers_as_a_model_says() {
    let mut chance = Chance::new(11);
    let mut named = 0;
    let all = cases(20_000);
    for _ in 0..all {
        let mut list = Vec::new();
        for _ in 0..chance.below(4) {
            list.extend(chance.of(ELEMENTS).bytes());
            list.extend(chance.of(&[",", " ", ", ", ""]).bytes());
        }
        chance.disturb(&mut list, NASTY);
        let list = String::from_utf8(list).expect("ASCII");
        let url = SocketUrl::parse(&format!("ws://{}/", chance.of(SERVERS))).expect("a URL");
        let host = match url.host() {
            UrlHost::Domain(name) => (name.to_owned(), None),
            UrlHost::Ipv4(ip) => (String::new(), Some(ip.into())),
            UrlHost::Ipv6(ip) => (String::new(), Some(ip.into())),
        };
        let mut elements = list.split([',', ' ', '\t', '\n']);
        let right = elements.any(|element| element_names(element, &host.0, host.1, url.port()));
        let found = names(&list, url.host(), url.port());
        assert_eq!(found, right, "{list:?} and {url}");
        named += usize::from(found);
    }
    assert!(
        named > all / 20 && named < all - all / 20,
        "both happen: {named}"
    );
}
