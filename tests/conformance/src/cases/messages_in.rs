//! Messages received: kind, payload, order.

use taro_socket_api::Message;

use crate::{Action, Behavior, Cx, Failure, live::brief};

const RFC: &str = "RFC 6455 §5.6";
const ON_MESSAGE: &[&str] = &["SocketTask.onMessage", "OnMessageCallbackResult.data"];

cases! {
    "messages/text", RFC, TextAsBinary => text, ON_MESSAGE;
    "messages/text/looks-like-base64", RFC, TextAsBinary => base64, ON_MESSAGE;
    "messages/binary", RFC, CorruptsPayload => binary, ON_MESSAGE;
    "messages/binary/valid-utf8-stays-binary", RFC, BinaryAsText => utf8_binary, ON_MESSAGE;
    "messages/empty", RFC, LosesEmptyMessage => empty, ON_MESSAGE;
    "messages/length/every-form", "RFC 6455 §5.2", TruncatesMessage => lengths, ON_MESSAGE;
    "messages/length/1-mib", "RFC 6455 §5.2", TruncatesMessage => large(1 << 20), ON_MESSAGE;
    "messages/length/16-mib", "RFC 6455 §5.2", TruncatesMessage => large(16 << 20), ON_MESSAGE, deadline(60);
    "messages/order/text-and-binary", "RFC 6455 §5.4", SwapsMessages => order, ON_MESSAGE;
    "messages/order/10000", "RFC 6455 §5.4", SwapsMessages => many, ON_MESSAGE, deadline(30);
    "messages/once", "RFC 6455 §6.2", DuplicatesMessage => once, ON_MESSAGE;
    "messages/unasked", "RFC 6455 §6.2", LosesMessage => unasked, ON_MESSAGE;
    "messages/duplex", "RFC 6455 §1.1", CorruptsPayload => duplex, ON_MESSAGE, deadline(30);
}

async fn text(cx: Cx) -> Result<(), Failure> {
    let mut live = cx.open(Behavior::Echo).await?;
    for text in [
        "ASCII",
        "汉字かな한글",
        "👩‍👩‍👧 and 🦀",
        "a\0b\u{7f}\r\n",
        "\u{feff}mark",
        "e\u{301} é",
    ] {
        live.echo(text).await?;
    }
    live.peer
        .act(Action::Text {
            text: "from the peer".into(),
        })
        .await?;
    ensure_eq!(live.message().await?, Message::from("from the peer"));
    live.finish().await
}

async fn base64(cx: Cx) -> Result<(), Failure> {
    let texts = [
        "aGVsbG8=",
        "aGVsbG8",
        "{\"data\":\"aGk=\",\"isBuffer\":true}",
    ];
    let mut live = cx
        .open(Behavior::Send {
            texts: texts.map(str::to_owned).into(),
            binaries: vec![],
        })
        .await?;
    for text in texts {
        ensure_eq!(live.message().await?, Message::from(text));
    }
    live.finish().await
}

async fn binary(cx: Cx) -> Result<(), Failure> {
    let all: Vec<u8> = (0..=255).collect();
    let mut live = cx.open(Behavior::Echo).await?;
    live.echo(all.as_slice()).await?;
    live.echo(b"\xff\xfe\x00\x80").await?;
    live.peer.act(Action::Binary { bytes: all.clone() }).await?;
    ensure_eq!(live.message().await?, Message::from(all));
    live.finish().await
}

async fn utf8_binary(cx: Cx) -> Result<(), Failure> {
    let mut live = cx.open(Behavior::Echo).await?;
    live.echo(b"plain ASCII").await?;
    live.echo("汉字".as_bytes()).await?;
    live.peer
        .act(Action::Binary {
            bytes: b"{}".to_vec(),
        })
        .await?;
    ensure_eq!(live.message().await?, Message::from(b"{}"));
    live.finish().await
}

async fn empty(cx: Cx) -> Result<(), Failure> {
    let mut live = cx.open(Behavior::Echo).await?;
    live.echo("").await?;
    live.echo(Vec::new()).await?;
    live.echo("").await?;
    live.finish().await
}

/// Payload lengths on both sides of each form of the length field.
async fn lengths(cx: Cx) -> Result<(), Failure> {
    let mut live = cx.open(Behavior::Echo).await?;
    for length in [
        1, 2, 3, 4, 5, 124, 125, 126, 127, 65_534, 65_535, 65_536, 65_537,
    ] {
        live.echo(pattern(length)).await?;
        live.echo("x".repeat(length)).await?;
    }
    live.finish().await
}

/// Bytes that do not repeat with a period of a power of two.
fn pattern(length: usize) -> Vec<u8> {
    (0..length).map(|at| (at % 251) as u8).collect()
}

async fn large(cx: Cx, length: usize) -> Result<(), Failure> {
    let mut live = cx.open(Behavior::Echo).await?;
    live.echo(pattern(length)).await?;
    live.echo("é".repeat(length / 2)).await?;
    live.finish().await
}

async fn order(cx: Cx) -> Result<(), Failure> {
    let texts: Vec<_> = (0..20).map(|at| format!("text {at}")).collect();
    let binaries: Vec<_> = (0..20).map(|at| format!("{at:02x}")).collect();
    let mut live = cx
        .open(Behavior::Send {
            texts: texts.clone(),
            binaries,
        })
        .await?;
    for text in texts {
        ensure_eq!(live.message().await?, Message::from(text));
    }
    for at in 0..20 {
        ensure_eq!(live.message().await?, Message::from(&[at]));
    }
    live.finish().await
}

async fn many(cx: Cx) -> Result<(), Failure> {
    let (count, size) = (10_000, 3);
    let mut live = cx.open(Behavior::Flood { count, size }).await?;
    for at in 0..count {
        let message = live.message().await?;
        let expected = Message::from(vec![at as u8; size]);
        ensure!(message == expected, "message {at} is {}", brief(&message));
    }
    live.echo("behind the flood").await?;
    live.finish().await
}

async fn once(cx: Cx) -> Result<(), Failure> {
    let mut live = cx.open(Behavior::Echo).await?;
    for _ in 0..3 {
        live.echo("the same").await?;
    }
    live.finish().await
}

async fn unasked(cx: Cx) -> Result<(), Failure> {
    let mut live = cx.open(Behavior::Capture).await?;
    for text in ["first", "second", "third"] {
        live.peer.act(Action::Text { text: text.into() }).await?;
        ensure_eq!(live.message().await?, Message::from(text));
    }
    live.finish().await
}

/// What comes in while much goes out is whole, and the other way round.
async fn duplex(cx: Cx) -> Result<(), Failure> {
    let (count, size) = (64, 64 << 10);
    let mut live = cx.open(Behavior::Flood { count, size }).await?;
    let mine = pattern(size);
    for _ in 0..count {
        drop(live.task.send(mine.clone()));
    }
    for at in 0..2 * count {
        let message = live.message().await?;
        let bytes = message.as_bytes();
        let sound = if at < count {
            bytes == vec![at as u8; size]
        } else {
            bytes == mine
        };
        ensure!(sound, "message {at} is {}", brief(&message));
    }
    live.finish().await
}
