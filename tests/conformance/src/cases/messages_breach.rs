//! A peer that breaks the rules: the task fails, and the peer is told why where the platform lets the adapter tell.

use taro_socket_api::{Capability, ErrorKind, Message};

use crate::{
    Action, Cx, Failure,
    frames::{self, BINARY, CLOSE, PING, TEXT, frame},
};

const COVERS: &[&str] = &[
    "SocketTask.onError",
    "SocketTask.onClose",
    "SocketTask.onMessage",
];

cases! {
    "security/breach/masked", "RFC 6455 §5.1", NoCloseOnPeerError => breach(masked()), COVERS;
    "security/breach/reserved-bits", "RFC 6455 §5.2", NoCloseOnPeerError => breaches(reserved_bits()), COVERS;
    "security/breach/reserved-opcodes", "RFC 6455 §5.2", NoCloseOnPeerError => breaches(reserved_opcodes()), COVERS;
    "security/breach/fragmented-control", "RFC 6455 §5.5", NoCloseOnPeerError => breach(frame(PING & 0x7f, b"")), COVERS;
    "security/breach/long-control", "RFC 6455 §5.5", NoCloseOnPeerError => breach(frame(PING, &[b'p'; 126])), COVERS;
    "security/breach/long-length", "RFC 6455 §5.2", NoCloseOnPeerError => breaches(long_lengths()), COVERS, requires(OWN_FRAMES);
    "security/breach/length-of-64-bits", "RFC 6455 §5.2", NoCloseOnPeerError => breach("827f8000000000000000".into()), COVERS, requires(OWN_FRAMES);
    "security/breach/continuation-of-nothing", "RFC 6455 §5.4", NoCloseOnPeerError => breach(frame(0x80, b"x")), COVERS;
    "security/breach/message-within-message", "RFC 6455 §5.4", NoCloseOnPeerError => breach(frame(0x01, b"a") + &frame(TEXT, b"b")), COVERS;
    "security/breach/close-payload-of-one-byte", "RFC 6455 §5.5.1", NoCloseOnPeerError => breach(frame(CLOSE, &[3])), COVERS;
    "security/breach/close-code", "RFC 6455 §7.4", NoCloseOnPeerError => close_codes, COVERS;
    "security/breach/junk-at-open", "RFC 6455 §5.2", NoCloseOnPeerError => junk_at_open, COVERS;
    "security/breach/junk-after-a-message", "RFC 6455 §5.2", HangsOnFailure => junk_after, COVERS;
    "security/breach/wrong-kind", "taro-socket, ErrorKind", WrongErrorKind => breach(reserved_opcode()), COVERS;
    "messages/utf8/invalid", "RFC 6455 §8.1", AcceptsInvalidUtf8 => invalid_utf8, COVERS;
    "messages/utf8/invalid-across-fragments", "RFC 6455 §8.1", AcceptsInvalidUtf8 => across, COVERS;
    "messages/utf8/cut-off", "RFC 6455 §8.1", AcceptsInvalidUtf8 => cut_off, COVERS;
    "messages/utf8/close-reason", "RFC 6455 §8.1", AcceptsInvalidUtf8 => close_reason, COVERS;
    "messages/utf8/binary-may-be-anything", "RFC 6455 §5.6", CorruptsPayload => binary, &["SocketTask.onMessage"];
}

/// What browsers make of lengths is theirs: not all judge as the RFC does.
const OWN_FRAMES: &[Capability] = &[Capability::PeerErrorCodes];

/// Lengths in more bytes than they need: of messages, a Ping and a Close frame.
fn long_lengths() -> Vec<String> {
    [
        "817e00026f6b",
        "827e0000",
        "817f00000000000000026f6b",
        "897e00026f6b",
        "887e000203e8",
    ]
    .map(String::from)
    .into()
}

/// A text frame "x" under the mask 0.
fn masked() -> String {
    "81810000000078".into()
}

/// A data frame of a kind that does not exist.
pub(super) fn reserved_opcode() -> String {
    frame(0x83, b"x")
}

fn reserved_bits() -> Vec<String> {
    [0xc1, 0xa1, 0x91, 0xf2]
        .map(|first| frame(first, b"x"))
        .into()
}

fn reserved_opcodes() -> Vec<String> {
    [0x83, 0x87, 0x8b, 0x8f]
        .map(|first| frame(first, b"x"))
        .into()
}

async fn close_codes(cx: Cx) -> Result<(), Failure> {
    for code in [0, 999, 1004, 1005, 1006, 1015, 1016, 2999, 5000, 65_535] {
        // 1004 is reserved, and RFC 6455 §7.4.1 leaves open for what: a host that judges by itself may pass it on.
        if code != 1004 || cx.declares(Capability::PeerErrorCodes) {
            let hex = frames::close(code, b"no");
            fails(&cx, &hex, ErrorKind::Protocol, 1002).await?;
        }
    }
    Ok(())
}

async fn breach(cx: Cx, hex: String) -> Result<(), Failure> {
    fails(&cx, &hex, ErrorKind::Protocol, 1002).await
}

async fn breaches(cx: Cx, all: Vec<String>) -> Result<(), Failure> {
    for hex in all {
        fails(&cx, &hex, ErrorKind::Protocol, 1002).await?;
    }
    Ok(())
}

/// The bytes, sent as answer to a message, end the task; the peer gets this code.
pub(super) async fn fails(cx: &Cx, hex: &str, kind: ErrorKind, code: u16) -> Result<(), Failure> {
    let mut live = cx.open(frames::answers(hex)).await?;
    drop(live.task.send("go on"));
    cx.breached(&mut live, kind, code).await
}

async fn junk_at_open(cx: Cx) -> Result<(), Failure> {
    let mut live = cx.dial(frames::writes("ff".repeat(64))).await?;
    if !cx.declares(Capability::PeerErrorCodes) && live.task.opened().await.is_err() {
        // A host that judges by itself may see the junk before it tells of the opening.
        live.fails(ErrorKind::Unknown).await?;
        return live.peer.ended().await;
    }
    live.open().await?;
    cx.breached(&mut live, ErrorKind::Protocol, 1002).await
}

async fn junk_after(cx: Cx) -> Result<(), Failure> {
    let mut live = cx.open(frames::answers("ff".repeat(64))).await?;
    live.task.send("go on").await?;
    cx.breached(&mut live, ErrorKind::Protocol, 1002).await
}

async fn invalid_utf8(cx: Cx) -> Result<(), Failure> {
    let texts: [&[u8]; 6] = [
        b"\xff",             // never occurs in UTF-8
        b"ok \xc3\x28",      // a lead byte without its continuation
        b"\xc0\x80",         // overlong
        b"\xed\xa0\x80",     // a surrogate
        b"\xf4\x90\x80\x80", // beyond U+10FFFF
        b"\x80",             // a continuation without its lead byte
    ];
    for text in texts {
        fails(&cx, &frame(TEXT, text), ErrorKind::InvalidUtf8, 1007).await?;
    }
    Ok(())
}

async fn across(cx: Cx) -> Result<(), Failure> {
    // "é" is c3 a9; its second byte never comes.
    let hex = frame(0x01, b"caf\xc3") + &frame(0x80, b"!");
    fails(&cx, &hex, ErrorKind::InvalidUtf8, 1007).await
}

async fn cut_off(cx: Cx) -> Result<(), Failure> {
    let hex = frame(TEXT, b"\xe6\xb1");
    fails(&cx, &hex, ErrorKind::InvalidUtf8, 1007).await
}

async fn close_reason(cx: Cx) -> Result<(), Failure> {
    fails(
        &cx,
        &frames::close(1000, b"\xff\xfe"),
        ErrorKind::InvalidUtf8,
        1007,
    )
    .await
}

async fn binary(cx: Cx) -> Result<(), Failure> {
    let mut live = cx
        .open(frames::writes(frame(BINARY, b"\xff\xc0\x80")))
        .await?;
    ensure_eq!(live.message().await?, Message::from(b"\xff\xc0\x80"));
    live.peer
        .act(Action::Binary {
            bytes: vec![0xed, 0xa0, 0x80],
        })
        .await?;
    ensure_eq!(live.message().await?, Message::from(b"\xed\xa0\x80"));
    live.finish().await
}
