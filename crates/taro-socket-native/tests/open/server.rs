//! A server that answers by hand, and a client that tells how it went.

use std::{net::SocketAddr, sync::Arc, time::Duration};

use taro_socket_api::{ConnectSocketOption, Error, OpenEvent, SocketTask, connect_with};
use taro_socket_native::NativeConnector;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};
use tokio_tungstenite::tungstenite::handshake::derive_accept_key;

/// What waits for it fails its test.
pub(crate) const LONG: Duration = Duration::from_secs(60);

/// Gives each connection, with its number, to `serve`.
pub(crate) async fn listen<F>(serve: impl Fn(usize, TcpStream) -> F + Send + 'static) -> SocketAddr
where
    F: Future<Output = ()> + Send + 'static,
{
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    tokio::spawn(async move {
        for number in 0.. {
            let (tcp, _) = listener.accept().await.expect("a connection");
            tokio::spawn(serve(number, tcp));
        }
    });
    address
}

/// Reads the request, writes what `answer` makes of it, and keeps the connection until the client ends it.
pub(crate) async fn answering(
    answer: impl Fn(&str) -> Vec<u8> + Clone + Send + 'static,
) -> SocketAddr {
    listen(move |_, mut tcp| {
        let answer = answer.clone();
        async move {
            let request = request(&mut tcp).await;
            tcp.write_all(&answer(&request)).await.expect("written");
            hold(tcp).await;
        }
    })
    .await
}

/// The head of the client's request.
pub(crate) async fn request(tcp: &mut TcpStream) -> String {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        match tcp.read_u8().await {
            Ok(byte) => head.push(byte),
            Err(_) => break,
        }
    }
    String::from_utf8(head).expect("a request is text")
}

/// Reads until the client ends the connection.
pub(crate) async fn hold(mut tcp: TcpStream) {
    let mut dropped = [0; 1024];
    while tcp.read(&mut dropped).await.is_ok_and(|read| read > 0) {}
}

/// The value of `Sec-WebSocket-Accept` for a request.
pub(crate) fn accept_of(request: &str) -> String {
    let key = request
        .lines()
        .find_map(|line| line.strip_prefix("Sec-WebSocket-Key: "));
    derive_accept_key(key.unwrap_or_default().as_bytes())
}

/// A sound 101, with more header fields, each with its line end.
pub(crate) fn switching(request: &str, fields: &str) -> String {
    format!(
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\
         Sec-WebSocket-Accept: {}\r\n{fields}\r\n",
        accept_of(request)
    )
}

pub(crate) async fn dial(option: ConnectSocketOption) -> Arc<dyn SocketTask> {
    dial_by(&NativeConnector::new(), option).await
}

pub(crate) async fn dial_by(
    connector: &NativeConnector,
    option: ConnectSocketOption,
) -> Arc<dyn SocketTask> {
    connect_with(connector, option.timeout(LONG))
        .await
        .expect("a task")
}

/// Whether a connection to this server opens.
pub(crate) async fn outcome(scheme: &str, address: SocketAddr) -> Result<OpenEvent, Error> {
    let option = ConnectSocketOption::new(format!("{scheme}://{address}/"));
    dial(option).await.opened().await
}
