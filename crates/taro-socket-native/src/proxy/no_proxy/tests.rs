//! The rules, one by one, and at random beside a model.

use taro_socket_api::SocketUrl;

use super::*;

fn names_url(list: &str, url: &str) -> bool {
    let url = SocketUrl::parse(url).expect("a URL");
    names(list, url.host(), url.port())
}

/// A list, a host, and whether the one names the other.
const TABLE: &[(&str, &str, bool)] = &[
    // Names: themselves and those below, with or without a dot, in any case.
    (
        "localhost,.example.com,.example.de",
        "www.example.com",
        true,
    ),
    (
        "localhost,.example.com,.example.de",
        "www.example.com.",
        true,
    ),
    ("localhost,.example.com,.example.de", "example.com", true),
    (
        "localhost,.example.com.,.example.de",
        "www.example.com",
        true,
    ),
    ("localhost,www.example.com.", "www.example.com", true),
    ("localhost,example.com", "www.example.com", true),
    ("example.com", "EXAMPLE.com.", true),
    ("EXAMPLE.com", "example.com", true),
    ("example.com", "nonexample.com", false),
    (".example.com", "nonexample.com", false),
    ("www2.example.com, .example.net", "www.example.com", false),
    ("ample.com", "example.com", false),
    ("com.org", "example.com", false),
    ("foobar", "barfoo", false),
    ("bar", "bar", true),
    ("bücher.example", "bücher.example", true),
    ("xn--bcher-kva.example", "www.bücher.example", true),
    // Addresses: themselves.
    ("127.0.0.1,localhost", "127.0.0.1", true),
    ("127.0.0.1,localhost,", "127.0.0.1", true),
    ("localhost,127.0.0.1", "127.0.0.1", true),
    ("127.0.0.1", "localhost", false),
    ("localhost", "127.0.0.1", false),
    ("0.0.1", "127.0.0.1", false),
    (".0.0.1", "127.0.0.1", false),
    ("127.0.0.1.127.0.0.1", "127.0.0.1", false),
    ("::1", "[::1]", true),
    ("0:0::1", "[::1]", true),
    ("[::1]", "[::1]", true),
    ("::2", "[::1]", false),
    ("127.0.0.1", "[::ffff:127.0.0.1]", false),
    // Networks.
    ("192.168.0.0/16", "192.168.0.1", true),
    ("192.168.0.0/24", "192.168.1.1", false),
    ("192.168.0.0/32", "192.168.0.1", false),
    ("192.168.0.1/32", "192.168.0.1", true),
    ("192.168.0.0", "192.168.0.1", false),
    ("127.0.0.1/8", "127.9.9.9", true),
    ("127.0.0.1/31", "127.0.0.0", true),
    ("10.0.0.0/33", "10.0.0.0", false),
    ("10.0.0.0/", "10.0.0.0", false),
    ("10.0.0.0/+8", "10.0.0.0", false),
    ("10.0.0.0/8x", "10.0.0.0", false),
    ("0.0.0.0/0", "192.0.2.7", true),
    ("0.0.0.0/0", "[::1]", false),
    ("0.0.0.0/0", "example.com", false),
    ("fd00::/8", "[fd12::1]", true),
    ("fd00::/8", "[fe80::1]", false),
    ("fe80::/10", "[febf::1]", true),
    ("[fe80::]/10", "[febf::1]", true),
    ("::/0", "[2001:db8::1]", true),
    ("::1/128", "[::1]", true),
    ("::1/129", "[::1]", false),
    // All.
    ("*", "example.com", true),
    ("*", "[::1]", true),
    ("a, *", "example.com", true),
    ("*.example.com", "www.example.com", false),
    ("*example.com", "example.com", false),
    // Ports.
    ("example.com:8080", "example.com:8080", true),
    ("example.com:8080", "www.example.com:8080", true),
    ("example.com:8080", "example.com:80", false),
    ("example.com:80", "example.com", true),
    ("127.0.0.1:80", "127.0.0.1", true),
    ("127.0.0.1:81", "127.0.0.1", false),
    ("[::1]:80", "[::1]", true),
    ("[::1]:81", "[::1]", false),
    ("10.0.0.0/8:80", "10.1.1.1", true),
    ("example.com:", "example.com", false),
    ("example.com:+80", "example.com", false),
    ("example.com:65616", "example.com", false),
    // What is between, and nothing at all.
    ("foo,,,,,              bar, ::1/64", "bar", true),
    ("foo bar", "bar", true),
    ("\tfoo\tbar\n", "bar", true),
    ("", "example.com", false),
    (" , ,", "example.com", false),
    (".", "example.com", false),
    ("..", "example.com", false),
    (":80", "example.com", false),
    ("[]", "[::1]", false),
    ("[", "[::1]", false),
];

#[test]
fn lists_name_servers_as_with_curl() {
    for (list, host, expected) in TABLE {
        let found = names_url(list, &format!("ws://{host}/"));
        assert_eq!(found, *expected, "{list:?} and {host}");
    }
}

mod random;
