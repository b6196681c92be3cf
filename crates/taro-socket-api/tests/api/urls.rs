//! URLs: a table of what is right, and agreement with the crate `url`.

mod agreement;
mod texts;

use taro_socket_api::{ConnectSocketOption, ErrorKind, SocketUrl, UrlHost};
use taro_socket_test_urls::{REFUSED, TAKEN, TAKEN_WITH_TABLES};

#[test]
fn what_is_taken() {
    for (url, right) in TAKEN {
        let parsed = SocketUrl::parse(url).unwrap_or_else(|error| panic!("{url:?}: {error}"));
        assert_eq!(parsed.as_str(), *right, "{url:?}");
        assert_eq!(parsed.to_string(), *right);
        assert_eq!(SocketUrl::parse(right).ok(), Some(parsed), "{url:?}");
    }
}

#[test]
fn what_is_refused() {
    let beyond = TAKEN_WITH_TABLES.iter().map(|(url, _)| url);
    for url in REFUSED.iter().chain(beyond) {
        let error = SocketUrl::parse(url).expect_err(url);
        assert_eq!(error.kind(), ErrorKind::InvalidArgument, "{url:?}");
        assert!(
            error.err_msg().starts_with("connectSocket:fail url "),
            "{error}"
        );
    }
}

#[test]
fn xn_forms_are_sound() {
    for name in [
        "xn--",
        "xn--a",
        "xn--a-",
        "xn---a",
        "xn--ab-",
        "xn--p1ai1",
        "xn--99999999",
        "xn--tda--",
    ] {
        let error = SocketUrl::parse(&format!("ws://a.{name}.b")).expect_err(name);
        assert!(error.reason().contains("xn--"), "{error}");
    }
    // A million letters are refused at once.
    let long = format!("ws://{}", "字".repeat(1_000_000));
    assert!(SocketUrl::parse(&long).is_err());
    let long = format!("ws://xn--{}", "a".repeat(1_000_000));
    assert!(SocketUrl::parse(&long).is_err());
}

#[test]
fn parts() {
    let rows = [
        ("ws://Host", "host", 80, "/", UrlHost::Domain("host")),
        ("wss://host?q", "host", 443, "/?q", UrlHost::Domain("host")),
        (
            "wss://host:80/a?b/c:d@e",
            "host:80",
            80,
            "/a?b/c:d@e",
            UrlHost::Domain("host"),
        ),
        (
            "ws://0x7f.1:9/",
            "127.0.0.1:9",
            9,
            "/",
            UrlHost::Ipv4([127, 0, 0, 1].into()),
        ),
        (
            "ws://[::1]:0/",
            "[::1]:0",
            0,
            "/",
            UrlHost::Ipv6([0, 0, 0, 0, 0, 0, 0, 1].into()),
        ),
        (
            "ws://[::1]/x",
            "[::1]",
            80,
            "/x",
            UrlHost::Ipv6([0, 0, 0, 0, 0, 0, 0, 1].into()),
        ),
    ];
    for (url, authority, port, target, host) in rows {
        let parsed = SocketUrl::parse(url).expect(url);
        assert_eq!(
            (parsed.authority(), parsed.port(), parsed.target()),
            (authority, port, target)
        );
        assert_eq!(parsed.host(), host);
        assert_eq!(parsed.is_secure(), url.starts_with("wss"));
    }
}

#[test]
fn debug_keeps_the_query_to_itself() {
    let url = SocketUrl::parse("wss://h/a?token=secret").expect("a URL");
    assert_eq!(format!("{url:?}"), r#"SocketUrl("wss://h/a…")"#);
    for unparsed in [
        "wss://user:secret@h/a?token=secret",
        "wss://h/#access_token=secret",
        "wss://h/#a?secret",
        "wss://h/?a#secret",
        "wss://user:sec?ret@h/secret",
    ] {
        let option = ConnectSocketOption::new(unparsed);
        assert!(!format!("{option:?}").contains("secret"), "{option:?}");
    }
}

/// What a host's own parser makes is looked at as well.
#[test]
fn hrefs_of_hosts() {
    let of = |href: &str| SocketUrl::of_href(Some(href.to_owned()));
    for (href, right) in [
        ("ws://h/", "ws://h/"),
        ("https://h/?a", "wss://h/?a"),
        ("http://h:81/", "ws://h:81/"),
    ] {
        assert_eq!(of(href).expect(href).as_str(), right);
    }
    for href in [
        "",
        "ftp://h/",
        "ws:h",
        "ws:///",
        "ws://h/#a",
        "ws://u@h/",
        "ws://h/\u{e9}",
        "ws://h/ a",
        "ws://h/\n",
        "ws://a%20b/",
    ] {
        let error = of(href).expect_err(href);
        assert_eq!(error.kind(), ErrorKind::InvalidArgument, "{href:?}");
    }
    assert!(SocketUrl::of_href(None).is_err());
}
