//! Tables of arguments: what is taken, what is refused.

use taro_socket_api::{
    CapabilitySet, CloseFrame, ConnectSocketOption, ErrorKind, MAX_REASON_BYTES, Result, SocketUrl,
};

use crate::connect::all_capabilities;

#[test]
fn close_codes_are_1000_and_3000_to_4999() {
    for code in [1000, 3000, 3999, 4000, 4999] {
        assert_eq!(CloseFrame::new(code, "").unwrap().code(), code);
    }
    for code in [
        0,
        999,
        1001,
        1004,
        1005,
        1006,
        1011,
        1015,
        2999,
        5000,
        u16::MAX,
    ] {
        let error = CloseFrame::new(code, "").unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidArgument, "{code}");
        assert!(error.err_msg().starts_with("closeSocket:fail "), "{error}");
    }
    assert_eq!(CloseFrame::default(), CloseFrame::new(1000, "").unwrap());
}

#[test]
fn close_reasons_are_counted_in_bytes_of_utf_8() {
    let reasons = [
        ("a".repeat(123), true),
        ("a".repeat(124), false),
        ("中".repeat(41), true),
        ("中".repeat(42), false),
    ];
    for (reason, taken) in reasons {
        assert_eq!(reason.len() <= MAX_REASON_BYTES, taken);
        let frame = CloseFrame::new(4000, reason.clone());
        assert_eq!(frame.is_ok(), taken, "{} bytes", reason.len());
        frame
            .into_iter()
            .for_each(|frame| assert_eq!(frame.reason(), reason));
    }
}

#[test]
fn urls_that_are_taken() {
    let urls = [
        ("ws://localhost", "ws://localhost", false),
        (
            "wss://example.com/chat?a=b&c=%20",
            "wss://example.com/chat?a=b&c=%20",
            true,
        ),
        ("WSS://Example.com/A", "wss://Example.com/A", true),
        ("Ws://127.0.0.1:1", "ws://127.0.0.1:1", false),
        ("ws://host:65535/", "ws://host:65535/", false),
        ("ws://[::1]", "ws://[::1]", false),
        (
            "wss://[2001:db8::1]:8443/a:b",
            "wss://[2001:db8::1]:8443/a:b",
            true,
        ),
        ("ws://host?query:1@x", "ws://host?query:1@x", false),
    ];
    for (url, text, secure) in urls {
        let parsed = SocketUrl::parse(url).unwrap_or_else(|error| panic!("{url}: {error}"));
        assert_eq!((parsed.as_str(), parsed.is_secure()), (text, secure));
        assert_eq!(parsed.to_string(), text);
    }
}

#[test]
fn urls_that_are_refused() {
    let urls = [
        "",
        "localhost",
        "ws:localhost",
        "//localhost",
        "http://localhost",
        "https://localhost",
        "ftp://h",
        " ws://localhost",
        "ws://localhost ",
        "ws://local host",
        "ws://localhost/a b",
        "ws://localhost/\n",
        "ws://localhost/\r\nX: y",
        "ws://localhost/\0",
        "ws://localhost/#",
        "ws://localhost#top",
        "ws://",
        "ws:///path",
        "ws://?query",
        "ws://:80",
        "ws://host:",
        "ws://host:0",
        "ws://host:65536",
        "ws://host:-1",
        "ws://host:+1",
        "ws://host:1x",
        "ws://a:b:1",
        "ws://user@host",
        "ws://user:pw@host",
        "ws://[::1",
        "ws://::1]",
        "ws://[]",
        "ws://[zz]",
        "ws://[::1]x",
        "ws://[::1]x:80",
        "ws://[::1]:",
        "ws://::1",
        "ws://host/%",
        "ws://host/%2",
        "ws://host/%zz",
        "ws://host/\"",
        "ws://host/<a>",
        "ws://host/a\\b",
        "ws://host/{a}",
    ];
    for url in urls {
        let error = SocketUrl::parse(url).expect_err(url);
        assert_eq!(error.kind(), ErrorKind::InvalidArgument, "{url}");
        assert!(
            error.err_msg().starts_with("connectSocket:fail url "),
            "{error}"
        );
    }
}

fn check(change: impl FnOnce(ConnectSocketOption) -> ConnectSocketOption) -> Result<()> {
    check_with(all_capabilities(), change)
}

fn check_with(
    capabilities: CapabilitySet,
    change: impl FnOnce(ConnectSocketOption) -> ConnectSocketOption,
) -> Result<()> {
    let option = change(ConnectSocketOption::new("wss://localhost"));
    option.into_request(capabilities).map(drop)
}

#[test]
fn header_names_are_free_tokens() {
    for name in [
        "Authorization",
        "x-a",
        "X_b",
        "Cookie",
        "Origin",
        "User-Agent",
        "a!#$%&'*+-.^_`|~9",
    ] {
        check(|option| option.header(name, "value")).expect(name);
    }
    let refused = [
        "",
        " ",
        "a b",
        "a:",
        "a\r\nb",
        "a\0",
        "é",
        "Host",
        "host",
        "REFERER",
        "Connection",
        "Upgrade",
        "Content-Length",
        "Transfer-Encoding",
        "TE",
        "Trailer",
        "Sec-WebSocket-Key",
        "sec-websocket-anything",
    ];
    for name in refused {
        let error = check(|option| option.header(name, "value")).expect_err(name);
        assert_eq!(error.kind(), ErrorKind::InvalidArgument, "{name:?}");
    }
}

#[test]
fn header_values_cannot_inject() {
    for value in ["", "a", "a b", "a\tb", "Bearer x==", "naïve"] {
        check(|option| option.header("x", value)).expect(value);
    }
    for value in [
        "a\rb",
        "a\nb",
        "a\r\nSet-Cookie: b",
        "a\0",
        "\x7f",
        " a",
        "a ",
        "\ta",
    ] {
        let error = check(|option| option.header("x", value)).expect_err(value);
        assert_eq!(error.kind(), ErrorKind::InvalidArgument, "{value:?}");
    }
    let twice = check(|option| option.header("X-A", "1").header("x-a", "2")).unwrap_err();
    assert_eq!(twice.kind(), ErrorKind::InvalidArgument);
}

#[test]
fn protocols_are_tokens_without_duplicates() {
    for protocols in [&[][..], &["mqtt"], &["a", "A"], &["v1.chat", "v2.chat"]] {
        check(|option| option.protocols(protocols.iter().copied())).unwrap();
    }
    for protocols in [
        &[""][..],
        &["a,b"],
        &["a b"],
        &["a", "a"],
        &["é"],
        &["a/b"],
        &["a\r\n"],
    ] {
        let error = check(|option| option.protocols(protocols.iter().copied())).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidArgument, "{protocols:?}");
    }
}

#[test]
fn bad_arguments_are_told_before_missing_capabilities() {
    let error = check_with(CapabilitySet::EMPTY, |option| option.header("Host", "h")).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidArgument);
    let error = check(|option| option.timeout(std::time::Duration::ZERO)).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidArgument);
}
