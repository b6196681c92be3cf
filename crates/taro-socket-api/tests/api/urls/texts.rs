//! A refusal says which character it is about, where that is, and what to do.

use taro_socket_api::SocketUrl;

#[test]
fn character_and_place() {
    let rows = [
        ("ws://h/chat?token=secret#top", "`#` at byte 24", "%23"),
        ("ws://a|b/?token=secret", "`|` at byte 6", "host"),
        (" \tws://a\n|b/", "`|` at byte 9", "host"),
        ("ws://a b/", "U+0020 at byte 6", "host"),
        ("ws://a%2fb/", "`%` at byte 6", "host"),
        ("ws://a\u{ff0f}b/", "U+FF0F at byte 6", "host"),
        ("ws://a.☕/", "U+2615 at byte 7", "xn--"),
        ("ws://a\u{202e}/", "U+202E at byte 6", "xn--"),
        ("ws://a\u{7f}/", "U+007F at byte 6", "host"),
        ("ws://a\u{a0}/", "U+00A0 at byte 6", "xn--"),
        ("ws://h:8x/", "`x` at byte 8", "digits"),
        ("ws://@h:70000/", "`0` at byte 12", "65535"),
    ];
    for (url, place, remedy) in rows {
        let error = SocketUrl::parse(url).expect_err(url);
        let reason = error.reason();
        assert!(
            reason.contains(place) && reason.contains(remedy),
            "{url:?}: {reason}"
        );
        assert!(!reason.contains("secret"), "{reason}");
    }
}

#[test]
fn what_is_missing() {
    let rows = [
        ("h/?token=secret", "neither ws:// nor wss://"),
        ("wss://?token=secret", "no host"),
        ("wss://user:secret@h", "Authorization"),
        ("wss://256.1.1.1/?secret", "IPv4"),
        ("wss://[::1%25eth0]/?secret", "zone"),
        ("wss://xn--a/?secret", "xn--"),
    ];
    for (url, part) in rows {
        let error = SocketUrl::parse(url).expect_err(url);
        let reason = error.reason();
        assert!(
            reason.contains(part) && !reason.contains("secret"),
            "{url:?}: {reason}"
        );
    }
}
