//! Places of redirects, by table and beside the crate `url`.

use taro_socket_api::SocketUrl;
use taro_socket_test_urls::{Urls, cases, differs_at, has_drive, others_at};

use super::resolve;
use crate::name;

fn at(base: &str, reference: &str) -> Option<String> {
    let base = SocketUrl::parse_with(base, name::to_ascii).expect("a base");
    resolve(&base, reference).map(|url| url.to_string())
}

/// At `wss://h:1/a/b/c?q`.
const TABLE: &[(&str, &str)] = &[
    // Absolute.
    ("wss://o/x?y", "wss://o/x?y"),
    ("ws://o", "ws://o/"),
    ("https://o:443/x", "wss://o/x"),
    ("HTTP://O:80", "ws://o/"),
    ("https:\\\\o\\x", "wss://o/x"),
    ("ws:o/x", "ws://o/x"),
    ("  wss://o/x\t", "wss://o/x"),
    ("wss://o/a/../%2e/b", "wss://o/b"),
    ("wss://bücher.example", "wss://xn--bcher-kva.example/"),
    // Of its own scheme, without an authority: relative.
    ("wss:x", "wss://h:1/a/b/x"),
    ("https:/x", "wss://h:1/x"),
    ("https:?x", "wss://h:1/a/b/c?x"),
    ("wss:", "wss://h:1/a/b/c?q"),
    ("https:\\\\o", "wss://o/"),
    // Another authority.
    ("//o/x", "wss://o/x"),
    ("//o", "wss://o/"),
    ("\\\\o:2\\x", "wss://o:2/x"),
    ("/\\o", "wss://o/"),
    ("///o/x", "wss://o/x"),
    ("//[::1]:443", "wss://[::1]/"),
    // Paths.
    ("/x", "wss://h:1/x"),
    ("/", "wss://h:1/"),
    ("/x//y", "wss://h:1/x//y"),
    ("x", "wss://h:1/a/b/x"),
    ("./x", "wss://h:1/a/b/x"),
    (".", "wss://h:1/a/b/"),
    ("..", "wss://h:1/a/"),
    ("../x", "wss://h:1/a/x"),
    ("../../x", "wss://h:1/x"),
    ("../../../../x", "wss://h:1/x"),
    ("x/../y", "wss://h:1/a/b/y"),
    ("x\\..\\y", "wss://h:1/a/b/y"),
    ("1:x", "wss://h:1/a/b/1:x"),
    ("x/y:z", "wss://h:1/a/b/x/y:z"),
    (":x", "wss://h:1/a/b/:x"),
    ("./ws:x", "wss://h:1/a/b/ws:x"),
    ("x y", "wss://h:1/a/b/x%20y"),
    ("聊", "wss://h:1/a/b/%E8%81%8A"),
    ("user@x", "wss://h:1/a/b/user@x"),
    // Queries.
    ("?x", "wss://h:1/a/b/c?x"),
    ("?", "wss://h:1/a/b/c?"),
    ("?x/../y", "wss://h:1/a/b/c?x/../y"),
    ("x?y", "wss://h:1/a/b/x?y"),
    // Nothing, and fragments.
    ("", "wss://h:1/a/b/c?q"),
    ("#x", "wss://h:1/a/b/c?q"),
    ("x#y?z", "wss://h:1/a/b/x"),
    ("?x#y", "wss://h:1/a/b/c?x"),
    ("//o#x", "wss://o/"),
    ("x #y", "wss://h:1/a/b/x%20"),
];

const REFUSED: &[&str] = &[
    "ftp://o/",
    "javascript:alert(1)",
    "mailto:a@b",
    "wsx://o",
    "//",
    "wss://",
    "//user@o/",
    "wss://user:password@o/",
    "//o:65536/",
    "//o:x/",
    "//a b/",
    "//256.1.1.1/",
    "//[::1",
    "//xn--a/",
    "//%00/",
    "/\u{fffd}",
];

#[test]
fn the_table() {
    for (reference, right) in TABLE {
        let found = at("wss://h:1/a/b/c?q", reference);
        assert_eq!(found.as_deref(), Some(*right), "{reference:?}");
    }
    for reference in REFUSED {
        assert_eq!(at("wss://h:1/a/b/c?q", reference), None, "{reference:?}");
    }
    for (base, reference, right) in [
        ("ws://h", "x", "ws://h/x"),
        ("ws://h?a/b", "x", "ws://h/x"),
        ("ws://h?a/b", "", "ws://h/?a/b"),
        ("ws://h/a/?b", "../x", "ws://h/x"),
        ("ws://h/a", "https:x", "wss://x/"),
        ("ws://h/a/b", "http:x", "ws://h/a/x"),
        ("ws://[::1]:9/a", "x", "ws://[::1]:9/x"),
    ] {
        assert_eq!(
            at(base, reference).as_deref(),
            Some(right),
            "{base} {reference:?}"
        );
    }
}

#[test]
fn as_others_resolve() {
    let cases = cases(40_000);
    let (mut bases, mut references) = (Urls::new(31), Urls::new(7));
    let (mut tried, mut taken) = (0, 0);
    while tried < cases {
        let base = bases.find(|base| !has_drive(base)).expect("endless");
        let Ok(base) = SocketUrl::parse_with(&base, name::to_ascii) else {
            continue;
        };
        for _ in 0..8 {
            let reference = references.reference();
            if differs_at(&reference) || reference.contains('\u{fffd}') {
                continue;
            }
            let ours = resolve(&base, &reference).map(|url| url.to_string());
            let theirs = others_at(base.as_str(), &reference);
            assert_eq!(ours, theirs, "{base} {reference:?}");
            taken += usize::from(ours.is_some());
            tried += 1;
        }
    }
    assert!(
        taken > tried / 4 && taken < tried,
        "{taken} of {tried} are good"
    );
}
