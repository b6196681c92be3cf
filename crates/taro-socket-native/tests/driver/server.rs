//! A server of one connection, byte by byte.

use std::{future::Future, sync::Arc, time::Duration};

use taro_socket_api::{ConnectSocketOption, Limits, SocketTask, connect_with};
use taro_socket_native::NativeConnector;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};
use tokio_tungstenite::tungstenite::handshake::derive_accept_key;

/// Fails a test that waits for what never comes.
pub(crate) async fn within<T>(future: impl Future<Output = T>) -> T {
    let deadline = Duration::from_secs(60);
    tokio::time::timeout(deadline, future).await.unwrap()
}

/// An open connection: the task, and the server's end.
pub(crate) async fn open(limits: Limits) -> (Arc<dyn SocketTask>, Peer) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    open_at(&listener, limits, b"").await
}

/// As `open`, to a server whose answer is followed by `behind` at once.
pub(crate) async fn open_at(
    listener: &TcpListener,
    limits: Limits,
    behind: &[u8],
) -> (Arc<dyn SocketTask>, Peer) {
    let option = ConnectSocketOption::new(url(listener)).limits(limits);
    let task = connect_with(&NativeConnector::new(), option).await.unwrap();
    let peer = Peer::accept_with(listener, behind).await;
    task.opened().await.unwrap();
    (task, peer)
}

pub(crate) fn url(listener: &TcpListener) -> String {
    format!("ws://{}/", listener.local_addr().unwrap())
}

/// A frame as servers send them.
pub(crate) fn frame(first: u8, payload: &[u8]) -> Vec<u8> {
    let mut frame = vec![first];
    match u16::try_from(payload.len()) {
        Ok(short @ 0..=125) => frame.push(short as u8),
        _ => {
            frame.push(127);
            frame.extend_from_slice(&(payload.len() as u64).to_be_bytes());
        }
    }
    frame.extend_from_slice(payload);
    frame
}

pub(crate) struct Peer(pub(crate) TcpStream);

impl Peer {
    pub(crate) async fn accept(listener: &TcpListener) -> Self {
        Self::accept_with(listener, b"").await
    }

    async fn accept_with(listener: &TcpListener, behind: &[u8]) -> Self {
        let (mut tcp, _) = listener.accept().await.unwrap();
        // What is sent before a reset leaves before it.
        tcp.set_nodelay(true).unwrap();
        let mut head = Vec::new();
        while !head.ends_with(b"\r\n\r\n") {
            head.push(tcp.read_u8().await.unwrap());
        }
        let head = String::from_utf8(head).unwrap();
        let key = head
            .lines()
            .find_map(|line| line.strip_prefix("Sec-WebSocket-Key: "))
            .unwrap();
        let answer = format!(
            "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\
             Sec-WebSocket-Accept: {}\r\n\r\n",
            derive_accept_key(key.as_bytes())
        );
        let answer = [answer.as_bytes(), behind].concat();
        tcp.write_all(&answer).await.unwrap();
        Self(tcp)
    }

    pub(crate) async fn send(&mut self, first: u8, payload: &[u8]) {
        self.0.write_all(&frame(first, payload)).await.unwrap();
    }

    /// The next frame of the client, its payload unmasked if it is short; `None` at the end of TCP.
    pub(crate) async fn frame(&mut self) -> Option<(u8, Vec<u8>)> {
        let first = self.0.read_u8().await.ok()?;
        let length = match self.0.read_u8().await.unwrap() & 0x7f {
            126 => u64::from(self.0.read_u16().await.unwrap()),
            127 => self.0.read_u64().await.unwrap(),
            short => u64::from(short),
        };
        let mut mask = [0; 4];
        self.0.read_exact(&mut mask).await.unwrap();
        let mut payload = vec![0; usize::try_from(length).unwrap()];
        self.0.read_exact(&mut payload).await.unwrap();
        for (at, byte) in payload.iter_mut().enumerate().take(1000) {
            *byte ^= mask[at % 4];
        }
        Some((first, payload))
    }

    /// Ends TCP by a reset.
    pub(crate) fn reset(self) {
        #[allow(
            deprecated,
            reason = "a linger of zero does not block; what replaces it is newer than tokio 1.47"
        )]
        self.0.set_linger(Some(Duration::ZERO)).unwrap();
    }
}
