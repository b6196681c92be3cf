//! Answers of 101, judged as RFC 6455 §4.1 and browsers judge them.

use taro_socket_api::{ConnectSocketOption, ErrorKind, RetryAdvice};

use crate::server::{accept_of, answering, dial, switching};

/// Opens with the offered subprotocols; what was selected, or why not.
async fn outcome(
    offered: &'static [&'static str],
    answer: impl Fn(&str) -> String + Clone + Send + 'static,
) -> Result<Option<String>, String> {
    let at = answering(move |request| answer(request).into_bytes()).await;
    let option = ConnectSocketOption::new(format!("ws://{at}/")).protocols(offered.iter().copied());
    let opened = dial(option).await.opened().await;
    opened.map(|open| open.protocol).map_err(|error| {
        assert_eq!(error.kind(), ErrorKind::Handshake, "{error}");
        assert_eq!(error.retry(), RetryAdvice::Later, "{error}");
        assert!(error.reason().contains(&at.to_string()), "where: {error}");
        error.reason().to_owned()
    })
}

/// Fields beside those of a sound answer, what is offered, and what is selected or a part of the refusal.
type Row = (
    &'static str,
    &'static [&'static str],
    Result<Option<&'static str>, &'static str>,
);

const FIELDS: &[Row] = &[
    ("", &[], Ok(None)),
    ("Sec-WebSocket-Extensions: \r\n", &[], Ok(None)),
    (
        "Sec-WebSocket-Extensions: ,\r\nSec-WebSocket-Extensions:\r\n",
        &[],
        Ok(None),
    ),
    ("Sec-WebSocket-Extensions: x-own\r\n", &[], Err("x-own")),
    (
        "Sec-WebSocket-Extensions:\r\nSec-WebSocket-Extensions: x-own\r\n",
        &[],
        Err("x-own"),
    ),
    (
        "Sec-WebSocket-Accept: nonsense\r\n",
        &[],
        Err("Sec-WebSocket-Accept twice"),
    ),
    ("Sec-WebSocket-Protocol: a\r\n", &["a", "b"], Ok(Some("a"))),
    (
        "Sec-WebSocket-Protocol:  b \r\n",
        &["a", "b"],
        Ok(Some("b")),
    ),
    ("", &["a", "b"], Err("none of the subprotocols offered (2)")),
    (
        "Sec-WebSocket-Protocol: a\r\n",
        &[],
        Err("a subprotocol (1 bytes) which was not offered"),
    ),
    (
        "Sec-WebSocket-Protocol: A\r\n",
        &["a"],
        Err("(1 bytes) which was not offered"),
    ),
    (
        "Sec-WebSocket-Protocol: a, b\r\n",
        &["a", "b"],
        Err("(4 bytes) which was not offered"),
    ),
    (
        "Sec-WebSocket-Protocol: a\r\nSec-WebSocket-Protocol: b\r\n",
        &["a", "b"],
        Err("Protocol twice"),
    ),
    (
        "Sec-WebSocket-Protocol: a\r\nsec-websocket-protocol: a\r\n",
        &["a", "b"],
        Err("Protocol twice"),
    ),
    (
        "Upgrade: h2c\r\n",
        &[],
        Err("`Upgrade: websocket` (found: websocket, h2c)"),
    ),
    ("Connection: keep-alive\r\n", &[], Ok(None)),
    ("Sec-WebSocket-Protocol: \t a\t \r\n", &["a"], Ok(Some("a"))),
    (
        "Sec-WebSocket-Protocol: a\u{a0}\r\n",
        &["a"],
        Err("which was not offered"),
    ),
    ("Folded: one\r\n two\r\n", &[], Ok(None)),
];

#[tokio::test]
async fn more_fields_are_judged_one_by_one() {
    for (fields, offered, expected) in FIELDS {
        let told = outcome(offered, move |request| switching(request, fields)).await;
        match (&told, expected) {
            (Ok(selected), Ok(expected)) => {
                assert_eq!(selected.as_deref(), *expected, "{fields:?}")
            }
            (Err(reason), Err(part)) => assert!(reason.contains(part), "{fields:?}: {reason}"),
            _ => panic!("{fields:?}: {told:?}, expected {expected:?}"),
        }
    }
}

/// Status line and fields without the accepted key, and a part of the refusal; none if it is to open.
const HEADS: &[(&str, Option<&str>)] = &[
    (
        "HTTP/1.1 101 X\r\nupgrade: WebSocket\r\nconnection: keep-alive, UPGRADE",
        None,
    ),
    (
        "HTTP/1.1 101\r\nUpgrade: websocket\r\nConnection: close\r\nConnection: upgrade",
        None,
    ),
    (
        "HTTP/1.0 101 X\r\nUpgrade: websocket\r\nConnection: Upgrade",
        Some("HTTP/1.0"),
    ),
    (
        "HTTP/1.1 101 X\r\nUpgrade: h2c, websocket\r\nConnection: Upgrade",
        Some("found: h2c, websocket"),
    ),
    (
        "HTTP/1.1 101 X\r\nUpgrade: websocket2\r\nConnection: Upgrade",
        Some("found: websocket2"),
    ),
    (
        "HTTP/1.1 101 X\r\nUpgrade:\t websocket \t\r\nConnection: a ,\tUpgrade",
        None,
    ),
    // Blanks of Unicode, which are none of RFC 9110 §5.6.3.
    (
        "HTTP/1.1 101 X\r\nUpgrade: websocket\u{a0}\r\nConnection: Upgrade",
        Some("`Upgrade: websocket`"),
    ),
    (
        "HTTP/1.1 101 X\r\nUpgrade: \u{3000}websocket\r\nConnection: Upgrade",
        Some("`Upgrade: websocket`"),
    ),
    (
        "HTTP/1.1 101 X\r\nUpgrade: websocket\r\nConnection: keep-alive,\u{2003}Upgrade",
        Some("`Connection: Upgrade`"),
    ),
    (
        "HTTP/1.1 101 X\r\nConnection: Upgrade",
        Some("`Upgrade: websocket` (found: none)"),
    ),
    (
        "HTTP/1.1 101 X\r\nUpgrade: websocket",
        Some("`Connection: Upgrade` (found: none)"),
    ),
    (
        "HTTP/1.1 101 X\r\nUpgrade: websocket\r\nConnection: close",
        Some("`Connection: Upgrade` (found: close)"),
    ),
];

#[tokio::test]
async fn the_upgrade_is_to_be_said_as_asked() {
    for (head, refusal) in HEADS {
        let told = outcome(&[], move |request| {
            format!(
                "{head}\r\nSec-WebSocket-Accept: {}\r\n\r\n",
                accept_of(request)
            )
        })
        .await;
        match (told, refusal) {
            (Ok(None), None) => {}
            (Err(reason), Some(part)) => assert!(reason.contains(part), "{head:?}: {reason}"),
            (told, _) => panic!("{head:?}: {told:?}"),
        }
    }
}

#[tokio::test]
async fn the_accepted_key_is_to_be_the_sent_one() {
    for accept in ["", "Sec-WebSocket-Accept: nonsense\r\n"] {
        let told = outcome(&[], move |_| {
            format!("HTTP/1.1 101 X\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n{accept}\r\n")
        })
        .await;
        let reason = told.expect_err("another key");
        assert!(reason.contains("does not match the key"), "{reason}");
    }
}

#[tokio::test]
async fn interim_answers_are_passed_over() {
    let interim = "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 102 Processing\r\n\r\n\
                   HTTP/1.1 103 Early Hints\r\nLink: </a>; rel=preload\r\n\r\n";
    let told = outcome(&[], move |request| {
        format!("{interim}{}", switching(request, ""))
    })
    .await;
    assert_eq!(told, Ok(None));
    let told = outcome(&[], move |_| {
        format!("{interim}HTTP/1.1 500 No\r\nContent-Length: 0\r\n\r\n")
    });
    assert!(told.await.expect_err("refused").contains("500 No"));
}

#[tokio::test]
async fn interim_answers_without_end_are_refused() {
    let told = outcome(&[], |_| "HTTP/1.1 103 Early Hints\r\n\r\n".repeat(10_000)).await;
    let reason = told.expect_err("never an answer");
    assert!(reason.contains("over 65536 bytes"), "{reason}");
}

#[tokio::test]
async fn many_fields_are_no_fault_but_a_large_head_is() {
    let fields = |count: usize| "A: b\r\n".repeat(count);
    let told = outcome(&[], move |request| switching(request, &fields(5000))).await;
    assert_eq!(told, Ok(None));
    let told = outcome(&[], move |request| switching(request, &fields(20_000))).await;
    let reason = told.expect_err("too large");
    assert!(reason.contains("over 65536 bytes"), "{reason}");
}
