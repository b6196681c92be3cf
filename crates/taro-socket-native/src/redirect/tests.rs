//! Where redirects lead, and what goes along.

use taro_socket_api::{Capability, CapabilitySet, ConnectSocketOption};

use super::{Chain, Origin};

fn chain(url: &str, limit: u32) -> Chain {
    let option = ConnectSocketOption::new(url)
        .header("Authorization", "a")
        .header("COOKIE", "b")
        .header("proxy-authorization", "c")
        .header("X-Own", "d");
    let can = CapabilitySet::of(&[Capability::RequestHeader, Capability::PlainWs]);
    Chain::new(option.into_request(can).expect("a request"), limit)
}

fn names(chain: &Chain) -> Vec<&str> {
    chain
        .request
        .header()
        .iter()
        .map(|(name, _)| name)
        .collect()
}

#[test]
fn an_origin_is_scheme_host_and_port() {
    let table = [
        ("ws://h/a", "/b", Origin::Asked),
        ("ws://h/a", "ws://h:80/b", Origin::Asked),
        ("ws://h/a", "http://H/b", Origin::Asked),
        ("wss://h/a", "https://h:443/b", Origin::Asked),
        ("ws://h/a", "ws://h:81/b", Origin::Other),
        ("ws://h/a", "ws://h./b", Origin::Other),
        ("ws://h/a", "ws://a.h/b", Origin::Other),
        ("ws://h/a", "wss://h/b", Origin::Other),
        ("ws://h:443/a", "wss://h/b", Origin::Other),
        ("ws://127.0.0.1/a", "ws://0x7f.1/b", Origin::Asked),
        ("ws://127.0.0.1/a", "ws://localhost/b", Origin::Other),
    ];
    for (from, to, origin) in table {
        let mut chain = chain(from, 5);
        assert_eq!(chain.follow(302, &[to]), Ok(true), "{from} {to}");
        assert_eq!(chain.origin, origin, "{from} {to}");
        let expected: &[_] = match origin {
            Origin::Asked => &["Authorization", "COOKIE", "proxy-authorization", "X-Own"],
            Origin::Other => &["X-Own"],
        };
        assert_eq!(names(&chain), expected, "{from} {to}");
    }
}

#[test]
fn what_was_left_out_stays_out_on_the_way_back() {
    let mut chain = chain("ws://h/a", 5);
    assert_eq!(chain.follow(302, &["//o/"]), Ok(true));
    assert_eq!(chain.follow(302, &["//h/b"]), Ok(true));
    assert_eq!(
        (chain.origin, names(&chain)),
        (Origin::Other, vec!["X-Own"])
    );
}

#[test]
fn only_five_statuses_lead_anywhere() {
    for status in 100..1000 {
        let leads = matches!(status, 301 | 302 | 303 | 307 | 308);
        assert_eq!(
            chain("ws://h/a", 1).follow(status, &["/b"]),
            Ok(leads),
            "{status}"
        );
        assert_eq!(
            chain("ws://h/a", 0).follow(status, &["/b"]),
            Ok(false),
            "{status}"
        );
        assert_eq!(
            chain("ws://h/a", 1).follow(status, &[]),
            Ok(false),
            "{status}"
        );
    }
}

#[test]
fn texts_say_where_and_why_and_nothing_secret() {
    let long = format!("/{}", "a".repeat(8 << 10));
    let table: [(&[&str], &[&str]); 9] = [
        (&["/x", "/x"], &["more than one place", "once"]),
        (
            &["ftp://o/?SECRET"],
            &["ftp://o/", "no place for a WebSocket"],
        ),
        (&["wss://u:SECRET@o/x"], &["wss://o/x", "no user name"]),
        (
            &["ws://o/x?SECRET#SECRET"],
            &["ws://o/x", "from wss://h:1/a", "TLS would be lost"],
        ),
        (&["http://o"], &["to ws://o/", "https://"]),
        (
            &["ws://evil/@bank.example?SECRET"],
            &[
                "redirects to ws://evil/@bank.example…,",
                "from wss://h:1/a… to ws://evil/@bank.example… TLS",
            ],
        ),
        (&["/a?SECRET"], &["in a circle (h:1/a, h:1/a)"]),
        (&["#SECRET"], &["in a circle (h:1/a, h:1/a)"]),
        (&[&long], &["8193 bytes", "8192 at most"]),
    ];
    for (locations, parts) in table {
        let mut chain = chain("wss://h:1/a?SECRET", 5);
        let why = chain.follow(302, locations).expect_err("not followed");
        for part in parts {
            assert!(why.contains(part), "{part}: {why}");
        }
        assert!(!why.contains("SECRET"), "{why}");
        assert!(why.chars().count() < 1000, "{why}");
    }
}

#[test]
fn the_places_passed_are_listed() {
    let mut chain = chain("ws://h/a?SECRET", 2);
    assert_eq!(chain.follow(301, &["b?SECRET"]), Ok(true));
    assert_eq!(chain.follow(301, &["//[::1]:9/c?SECRET"]), Ok(true));
    let why = chain.follow(301, &["d"]).expect_err("the limit");
    let places = "(h:80/a, h:80/b, [::1]:9/c, [::1]:9/d)";
    assert!(why.contains(places) && why.contains("limit of 2"), "{why}");
    // A circle is a circle also where the limit is reached.
    let why = chain.follow(301, &["//h/b?SECRET"]).expect_err("a circle");
    assert!(
        why.contains("circle (h:80/a, h:80/b, [::1]:9/c, h:80/b)"),
        "{why}"
    );
}

#[test]
fn an_at_sign_in_a_path_hides_no_host() {
    let mut chain = chain("ws://evil/@bank.example", 5);
    assert_eq!(chain.follow(302, &["?SECRET"]), Ok(true));
    let why = chain
        .follow(302, &["/@bank.example"])
        .expect_err("a circle");
    let places = "(evil:80/@bank.example, evil:80/@bank.example, evil:80/@bank.example)";
    assert!(why.contains(places), "{why}");
    assert!(why.contains("to ws://evil/@bank.example,"), "{why}");
}
