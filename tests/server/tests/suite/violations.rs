//! Breaches of RFC 6455 by a client are filed and answered.

use taro_socket_test_server::{Behavior, TestServer, Until};
use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;

use crate::client::{Client, masked, seen, server};

/// Sends the bytes to `/echo`; returns what came back and what was filed.
async fn breach(bytes: &[u8]) -> (Vec<u8>, Vec<String>) {
    let server = server().await;
    let mut client = Client::open(&server, &Behavior::Echo).await;
    client.write(bytes).await;
    let answer = client.rest().await.expect("FIN");
    drop(client);
    (answer, seen(&server, Until::Ended).await.violations)
}

#[tokio::test]
async fn each_frame_breach_gets_its_status() {
    let table: [(Vec<u8>, u16, &str); 5] = [
        (vec![0x81, 1, b'a'], 1002, "unmasked frame, opcode 1"),
        (masked(0xa1, b"a"), 1002, "reserved bits 010"),
        (masked(0x8b, b""), 1002, "opcode 11"),
        (masked(0x81, b"\xc3\x28"), 1007, "text message is not UTF-8"),
        (
            masked(0x88, &[3, 236]),
            1002,
            "Close code 1004 is not allowed on the wire",
        ),
    ];
    for (bytes, code, text) in table {
        let [high, low] = code.to_be_bytes();
        let (answer, violations) = breach(&bytes).await;
        assert_eq!(answer, [0x88, 2, high, low]);
        assert_eq!(violations, [text]);
    }
}

#[tokio::test]
async fn a_frame_after_close_is_filed_once() {
    let bytes = [masked(0x88, b""), masked(0x81, b"a"), masked(0x81, b"b")].concat();
    let (answer, violations) = breach(&bytes).await;
    assert_eq!(answer, [0x88, 0]);
    assert_eq!(violations, ["frame after Close"]);
}

#[tokio::test]
async fn a_frame_after_the_answered_close_is_filed_too() {
    let server = server().await;
    let mut client = Client::open(&server, &Behavior::Echo).await;
    client.send(0x88, b"").await;
    assert_eq!(client.frame().await, (0x88, vec![]));
    client.send(0x81, b"late").await;
    drop(client);
    let seen = seen(&server, Until::Ended).await;
    assert_eq!(seen.violations, ["frame after Close"]);
}

/// Sends a request head; returns the head of the answer and what was filed.
async fn request(server: &TestServer, head: &str) -> (String, Vec<String>) {
    let mut tcp = TcpStream::connect(server.addr()).await.expect("a port");
    tcp.write_all(head.as_bytes()).await.expect("a request");
    let mut client = Client { tcp };
    let answer = client.head().await;
    (answer, seen(server, Until::Requested).await.violations)
}

#[tokio::test]
async fn a_plain_request_lacks_all_of_the_handshake() {
    let server = server().await;
    let (answer, violations) = request(&server, "POST /echo?id=a HTTP/1.0\r\n\r\n").await;
    assert!(answer.starts_with("HTTP/1.1 400 "));
    let wanted = [
        "method is not GET",
        "HTTP version below 1.1",
        "no single Host",
        "no Upgrade: websocket",
        "no Connection: upgrade",
        "no single Sec-WebSocket-Key of 16 bytes",
        "no Sec-WebSocket-Version: 13",
    ];
    assert_eq!(violations, wanted);
}

#[tokio::test]
async fn a_foreign_version_gets_426() {
    let server = server().await;
    let head = "GET /echo?id=a HTTP/1.1\r\nHost: a\r\nUpgrade: WebSocket\r\n\
        Connection: keep-alive, upgrade\r\nSec-WebSocket-Version: 8\r\n\
        Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
    let (answer, violations) = request(&server, head).await;
    assert!(answer.starts_with("HTTP/1.1 426 "));
    assert!(answer.contains("Sec-WebSocket-Version: 13\r\n"));
    assert_eq!(violations, ["no Sec-WebSocket-Version: 13"]);
}

#[tokio::test]
async fn an_endless_head_is_refused() {
    let server = server().await;
    let more = format!("X-Long: {}\r\n", "x".repeat(70 * 1024));
    let mut client = Client::dial(&server, "/echo", &more).await;
    assert!(client.head().await.starts_with("HTTP/1.1 400 "));
}
