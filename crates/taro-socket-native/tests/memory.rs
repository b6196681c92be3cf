//! What a kept message keeps, by the allocator's count: at most twice its payload, however it came.

#[path = "common/counting.rs"]
#[allow(dead_code, reason = "another test uses the rest")]
mod counting;

use std::{
    sync::{Arc, Mutex, atomic::Ordering::SeqCst},
    time::Duration,
};

use counting::LIVE;
use taro_socket_api::{ConnectSocketOption, Message, connect_with};
use taro_socket_native::NativeConnector;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};
use tokio_tungstenite::tungstenite::handshake::derive_accept_key;

/// What `Bytes` keeps beside the payload's memory.
const OWN: usize = 64;

fn frame(first: u8, payload: &[u8]) -> Vec<u8> {
    let mut frame = vec![first];
    match u16::try_from(payload.len()) {
        Ok(short @ 0..=125) => frame.push(short as u8),
        Ok(medium) => {
            frame.push(126);
            frame.extend_from_slice(&medium.to_be_bytes());
        }
        Err(_) => {
            frame.push(127);
            frame.extend_from_slice(&(payload.len() as u64).to_be_bytes());
        }
    }
    frame.extend_from_slice(payload);
    frame
}

/// A client's Pong, which says that it has read what came before.
async fn pong(tcp: &mut TcpStream) {
    let mut pong = [0; 6];
    tcp.read_exact(&mut pong).await.expect("a Pong");
    assert_eq!(pong[..2], [0x8a, 0x80]);
}

/// Answers the handshake with `head` more bytes and the first piece, and sends each further one when the client
/// has read as far as the Ping in the one before.
async fn serve(listener: TcpListener, head: usize, pieces: Vec<Vec<u8>>) {
    let (mut tcp, _) = listener.accept().await.expect("a connection");
    let mut request = Vec::new();
    while !request.ends_with(b"\r\n\r\n") {
        request.push(tcp.read_u8().await.expect("a request"));
    }
    let request = String::from_utf8(request).expect("text");
    let key = request
        .lines()
        .find_map(|line| line.strip_prefix("Sec-WebSocket-Key: "));
    let accept = derive_accept_key(key.unwrap_or_default().as_bytes());
    let filling = "c".repeat(head);
    let answer = format!(
        "HTTP/1.1 101 X\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nX-Filling: {filling}\r\n\
         Sec-WebSocket-Accept: {accept}\r\n\r\n"
    );
    let mut out = answer.into_bytes();
    for (at, piece) in pieces.iter().enumerate() {
        if at > 0 {
            pong(&mut tcp).await;
        }
        out.extend_from_slice(piece);
        tcp.write_all(&out).await.expect("written");
        out.clear();
    }
}

/// The message of `size` bytes among those that come in these pieces, alone once the connection has ended.
async fn receive(head: usize, pieces: Vec<Vec<u8>>, size: usize) -> Message {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let at = listener.local_addr().expect("an address");
    let server = tokio::spawn(serve(listener, head, pieces));
    let option = ConnectSocketOption::new(format!("ws://{at}/")).timeout(Duration::from_secs(60));
    let task = connect_with(&NativeConnector::new(), option)
        .await
        .expect("a task");
    let kept = Arc::new(Mutex::new(None));
    let keep = Arc::clone(&kept);
    // A handler: the others are gone before more is read.
    task.on_message(move |message| {
        if message.data.len() == size {
            *keep.lock().expect("no panic") = Some(message.data);
        }
    });
    task.closed().await;
    server.await.expect("served");
    let kept = kept.lock().expect("no panic").take();
    kept.expect("the message")
}

async fn assert_little_is_kept(what: &str, head: usize, pieces: Vec<Vec<u8>>, size: usize) {
    let message = receive(head, pieces, size).await;
    // What the connection's end leaves to the runtime is done before these return.
    for _ in 0..10 {
        tokio::task::yield_now().await;
    }
    let before = LIVE.load(SeqCst);
    drop(message);
    let kept = usize::try_from(before - LIVE.load(SeqCst)).expect("something");
    assert!(
        kept <= 2 * size + OWN,
        "{what}: a message of {size} bytes keeps {kept}"
    );
}

/// One test: the allocator counts for the whole process.
#[tokio::test]
async fn a_kept_message_keeps_at_most_twice_its_payload() {
    for (head, size) in [
        (0, 200),
        (3300, 400),
        (3700, 150),
        (3700, 30),
        (60_000, 2200),
    ] {
        let what = format!("behind a head of {head} bytes");
        let piece = frame(0x82, &vec![1; size]);
        assert_little_is_kept(&what, head, vec![piece], size).await;
    }
    for (small, size) in [
        (12, 10_300),
        (12, 12_000),
        (14, 9_500),
        (15, 8_900),
        (10, 11_500),
    ] {
        // Makes room for 16 KiB, of which small messages then take the beginning.
        let mut first = frame(0x82, &vec![0; 7096]);
        first.extend(frame(0x89, b""));
        let mut burst = frame(0x82, &[1; 1000]).repeat(small);
        burst.extend(frame(0x89, b""));
        burst.extend(frame(0x82, &vec![7; size]));
        let rest = burst.split_off(16_384);
        let what = format!("in two pieces behind {small} small ones");
        assert_little_is_kept(&what, 0, vec![frame(0x89, b""), first, burst, rest], size).await;
    }
    for sizes in [&[1][..], &[0, 1], &[1000, 1], &[100_000, 1]] {
        let last = sizes.len() - 1;
        let frames = sizes.iter().enumerate().map(|(at, size)| {
            let opcode = if at == 0 { 2 } else { 0 };
            let end = if at == last { 0x80 } else { 0 };
            frame(opcode | end, &vec![1; *size])
        });
        let piece = frames.collect::<Vec<_>>().concat();
        let what = format!("in fragments of {sizes:?} bytes");
        assert_little_is_kept(&what, 0, vec![piece], sizes.iter().sum()).await;
    }
}
