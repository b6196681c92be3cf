//! A client of a few lines over a raw TCP stream, with no engine between it and the bytes.

use std::time::Duration;

use taro_socket_test_server::{Behavior, Observation, TestServer, Until};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::timeout;

/// Longest time that any single step of a test may take.
pub(crate) const STEP: Duration = Duration::from_secs(10);

const HANDSHAKE: &str = "Host: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\
    Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n";

/// A connection to the test server.
pub(crate) struct Client {
    pub(crate) tcp: TcpStream,
}

impl Client {
    /// Sends a handshake request with further header lines; reads nothing.
    pub(crate) async fn dial(server: &TestServer, target: &str, more: &str) -> Self {
        let mut tcp = TcpStream::connect(server.addr()).await.expect("a port");
        let head = format!("GET {target} HTTP/1.1\r\n{HANDSHAKE}{more}\r\n");
        tcp.write_all(head.as_bytes()).await.expect("a request");
        Self { tcp }
    }

    /// Opens a connection that behaves so, filed under `a`.
    pub(crate) async fn open(server: &TestServer, behavior: &Behavior) -> Self {
        let mut client = Self::dial(server, &behavior.target("a"), "").await;
        let head = client.head().await;
        assert!(head.starts_with("HTTP/1.1 101 "), "{head}");
        client
    }

    /// Reads up to the empty line behind a response head.
    pub(crate) async fn head(&mut self) -> String {
        let mut head = Vec::new();
        while !head.ends_with(b"\r\n\r\n") {
            head.push(self.bytes(1).await[0]);
        }
        String::from_utf8(head).expect("text")
    }

    /// Reads exactly so many bytes.
    pub(crate) async fn bytes(&mut self, count: usize) -> Vec<u8> {
        let mut bytes = vec![0; count];
        let read = timeout(STEP, self.tcp.read_exact(&mut bytes)).await;
        read.expect("in time").expect("enough bytes");
        bytes
    }

    /// Reads until TCP ends; the error kind when it was reset.
    pub(crate) async fn rest(&mut self) -> Result<Vec<u8>, std::io::ErrorKind> {
        let mut bytes = Vec::new();
        let read = timeout(STEP, self.tcp.read_to_end(&mut bytes)).await;
        let read = read.expect("in time");
        read.map(|_| bytes).map_err(|error| error.kind())
    }

    /// Reads one frame: its first byte and its payload. A server's frame is not masked.
    pub(crate) async fn frame(&mut self) -> (u8, Vec<u8>) {
        let head = self.bytes(2).await;
        let length = match head[1] {
            126 => usize::from(u16::from_be_bytes(
                self.bytes(2).await.try_into().expect("two bytes"),
            )),
            127 => {
                let wide = u64::from_be_bytes(self.bytes(8).await.try_into().expect("eight"));
                usize::try_from(wide).expect("a length")
            }
            short => usize::from(short),
        };
        (head[0], self.bytes(length).await)
    }

    /// Sends bytes as they are.
    pub(crate) async fn write(&mut self, bytes: &[u8]) {
        self.tcp.write_all(bytes).await.expect("a write");
    }

    /// Sends a frame of at most 125 bytes, with the mask 0, which leaves the payload readable.
    pub(crate) async fn send(&mut self, first: u8, payload: &[u8]) {
        self.write(&masked(first, payload)).await;
    }
}

/// A frame of at most 125 bytes with the mask 0.
pub(crate) fn masked(first: u8, payload: &[u8]) -> Vec<u8> {
    let length = u8::try_from(payload.len()).expect("a short payload");
    [&[first, 0x80 | length, 0, 0, 0, 0], payload].concat()
}

/// A server on free loopback ports.
pub(crate) async fn server() -> TestServer {
    TestServer::start().await.expect("a server")
}

/// What was seen under `a`; fails when the condition is not met.
pub(crate) async fn seen(server: &TestServer, until: Until) -> Observation {
    let seen = server.seen("a", until, STEP).await;
    assert!(seen.reached, "{until:?} was not reached: {seen:?}");
    seen
}
