//! Routes that differ in what they send.

use taro_socket_test_protocol::{End, MessageSeen};
use taro_socket_test_server::{Behavior, Until};

use crate::client::{Client, seen, server};

fn text(payload: &str) -> (u8, Vec<u8>) {
    (0x81, payload.as_bytes().to_vec())
}

#[tokio::test]
async fn echo_sends_text_and_binary_back() {
    let server = server().await;
    let mut client = Client::open(&server, &Behavior::Echo).await;
    client.send(0x81, "漢".as_bytes()).await;
    client.send(0x02, b"\x00").await;
    client.send(0x89, b"p").await;
    client.send(0x80, b"\xff").await;
    assert_eq!(client.frame().await, text("漢"));
    assert_eq!(client.frame().await, (0x8a, b"p".to_vec()));
    assert_eq!(client.frame().await, (0x82, vec![0, 255]));
    let seen = seen(&server, Until::Messages(2)).await;
    let wanted = [MessageSeen::text("漢"), MessageSeen::binary(&[0, 255])];
    assert_eq!(seen.messages, wanted);
    assert_eq!(seen.pings, ["p"]);
}

#[tokio::test]
async fn capture_sends_nothing_back() {
    let server = server().await;
    let mut client = Client::open(&server, &Behavior::Capture).await;
    client.send(0x81, b"a").await;
    client.send(0x89, b"").await;
    // The pong comes first although the message came before the ping.
    assert_eq!(client.frame().await, (0x8a, vec![]));
    assert_eq!(seen(&server, Until::Messages(1)).await.messages.len(), 1);
}

#[tokio::test]
async fn fragment_cuts_the_echo() {
    let server = server().await;
    let behavior = Behavior::Fragment {
        size: 2,
        ping: true,
    };
    let mut client = Client::open(&server, &behavior).await;
    client.send(0x81, b"abcde").await;
    let mut frames = Vec::new();
    for _ in 0..5 {
        frames.push(client.frame().await);
    }
    let wanted: [(u8, &[u8]); 5] = [
        (0x01, b"ab"),
        (0x89, b""),
        (0x00, b"cd"),
        (0x89, b""),
        (0x80, b"e"),
    ];
    assert_eq!(frames, wanted.map(|(first, part)| (first, part.to_vec())));
    client.send(0x82, b"").await;
    assert_eq!(client.frame().await, (0x82, vec![]));
}

#[tokio::test]
async fn early_comes_in_the_same_read_as_the_answer() {
    let server = server().await;
    let target = Behavior::Early { text: "hi".into() }.target("a");
    let client = Client::dial(&server, &target, "").await;
    // The first segment that arrives holds both.
    client.tcp.readable().await.expect("bytes");
    let mut bytes = vec![0; 4096];
    let count = client.tcp.try_read(&mut bytes).expect("one read");
    assert!(bytes[..count].ends_with(b"\r\n\r\n\x81\x02hi"));
}

#[tokio::test]
async fn send_greets_and_then_echoes() {
    let server = server().await;
    let behavior = Behavior::Send {
        texts: vec!["a".into(), String::new()],
        binaries: vec!["00ff".into()],
    };
    let mut client = Client::open(&server, &behavior).await;
    assert_eq!(client.frame().await, text("a"));
    assert_eq!(client.frame().await, text(""));
    assert_eq!(client.frame().await, (0x82, vec![0, 255]));
    client.send(0x81, b"b").await;
    assert_eq!(client.frame().await, text("b"));
}

#[tokio::test]
async fn raw_writes_bytes_after_so_many_messages() {
    let server = server().await;
    let behavior = Behavior::Raw {
        hex: "c1ff".into(),
        after: 1,
        times: 2,
    };
    let mut client = Client::open(&server, &behavior).await;
    client.send(0x81, b"waited for").await;
    assert_eq!(client.bytes(4).await, [0xc1, 0xff, 0xc1, 0xff]);
    client.send(0x81, b"echoed").await;
    assert_eq!(client.frame().await, text("echoed"));
}

#[tokio::test]
async fn flood_numbers_its_messages_and_then_echoes() {
    let server = server().await;
    let behavior = Behavior::Flood {
        count: 1000,
        size: 300,
    };
    let mut client = Client::open(&server, &behavior).await;
    client.send(0x81, b"end").await;
    for index in 0..1000_usize {
        assert_eq!(
            client.frame().await,
            (0x82, vec![index.to_le_bytes()[0]; 300])
        );
    }
    assert_eq!(client.frame().await, text("end"));
}

#[tokio::test]
async fn ping_is_sent_and_its_pong_filed() {
    let server = server().await;
    let behavior = Behavior::Ping {
        payload: "are you".into(),
        count: 2,
    };
    let mut client = Client::open(&server, &behavior).await;
    for _ in 0..2 {
        let (first, payload) = client.frame().await;
        assert_eq!(first, 0x89);
        client.send(0x8a, &payload).await;
    }
    let seen = seen(&server, Until::Pongs(2)).await;
    assert_eq!(seen.pongs, ["are you", "are you"]);
}

#[tokio::test]
async fn stall_reads_nothing_and_notices_the_end() {
    let server = server().await;
    let mut client = Client::open(&server, &Behavior::Stall).await;
    client.send(0x81, b"unread").await;
    drop(client);
    let seen = seen(&server, Until::Ended).await;
    assert!(seen.opened && seen.messages.is_empty());
    assert_eq!(seen.end, Some(End::Eof));
}
