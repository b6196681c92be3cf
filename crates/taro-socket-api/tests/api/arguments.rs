//! Tables of arguments: what is taken, what is refused.

use taro_socket_api::{
    CapabilitySet, CloseFrame, ConnectSocketOption, ErrorKind, MAX_REASON_BYTES, Result,
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
fn a_refused_header_says_what_to_do() {
    let rows = [
        ("Host", "the URL's host"),
        ("referer", "use Origin"),
        ("Sec-WebSocket-Protocol", "use the option protocols"),
        (
            "sec-websocket-extensions",
            "use the option per_message_deflate",
        ),
        ("Sec-WebSocket-Key", "leave it out"),
        ("Upgrade", "leave it out"),
        ("a:", "no colon"),
    ];
    for (name, remedy) in rows {
        let error = check(|option| option.header(name, "secret")).expect_err(name);
        let reason = error.reason();
        assert!(reason.contains(name) && reason.contains(remedy), "{reason}");
        assert!(!reason.contains("secret"), "{reason}");
    }
    for (value, remedy) in [("secret\n", "take it out"), (" secret", "trim it")] {
        let error = check(|option| option.header("X-Token", value)).expect_err(value);
        let reason = error.reason();
        assert!(
            reason.contains("X-Token") && reason.contains(remedy),
            "{reason}"
        );
        assert!(!reason.contains("secret"), "{reason}");
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
    // Which one, and not what it is: some are tokens.
    for (protocols, place) in [
        (["v1", "Bearer secret"], "subprotocol 2 is not"),
        (["secret", "secret"], "subprotocol 2 is given twice"),
    ] {
        let error = check(|option| option.protocols(protocols)).unwrap_err();
        let reason = error.reason();
        assert!(
            reason.contains(place) && !reason.contains("secret"),
            "{reason}"
        );
    }
}

#[test]
fn bad_arguments_are_told_before_missing_capabilities() {
    let error = check_with(CapabilitySet::EMPTY, |option| option.header("Host", "h")).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidArgument);
    let error = check(|option| option.timeout(std::time::Duration::ZERO)).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidArgument);
}
