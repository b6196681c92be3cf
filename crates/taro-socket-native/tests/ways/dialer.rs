//! Connections over streams that the program makes.

use std::{io, sync::Arc, time::Duration};

use taro_socket_api::{
    CloseFrame, ConnectSocketOption, Error, ErrorKind, EventStream, Message, SocketEvent,
    connect_with,
};
use taro_socket_native::{ByteStream, DialTarget, Dialer, NativeConnector, async_trait};
use tokio::{
    io::DuplexStream,
    sync::{Mutex, mpsc},
};
use tokio_tungstenite::accept_async;

use crate::server::{LONG, dial_by};

use futures::{SinkExt as _, StreamExt as _};

/// Makes pipes in memory, and gives their other ends to `server`.
struct Pipes {
    server: mpsc::UnboundedSender<(DialTarget, DuplexStream)>,
}

#[async_trait]
impl Dialer for Pipes {
    async fn dial(&self, target: &DialTarget) -> io::Result<ByteStream> {
        let (ours, theirs) = tokio::io::duplex(64);
        self.server
            .send((target.clone(), theirs))
            .expect("a server");
        Ok(ByteStream::new(ours))
    }
}

/// Echoes until the client closes.
pub(crate) async fn echo(stream: impl tokio::io::AsyncRead + tokio::io::AsyncWrite + Unpin) {
    let mut socket = accept_async(stream).await.expect("a client");
    while let Some(Ok(message)) = socket.next().await {
        if !message.is_close() {
            socket.send(message).await.expect("sent");
        }
    }
}

/// The next message.
pub(crate) async fn message(events: &mut EventStream) -> Message {
    loop {
        if let SocketEvent::Message(message) = events.next().await.expect("a message") {
            return message.data;
        }
    }
}

#[tokio::test]
async fn a_pipe_in_memory_is_a_connection() {
    let (server, mut dialled) = mpsc::unbounded_channel();
    let connector = NativeConnector::builder().dialer(Pipes { server }).build();
    let connector = connector.expect("a connector");
    let option = ConnectSocketOption::new("ws://[::1]:7/");
    let task = dial_by(&connector, option).await;
    let (target, theirs) = dialled.recv().await.expect("dialled");
    assert_eq!((target.host(), target.port()), ("::1", 7));
    assert_eq!(target.to_string(), "[::1]:7");
    tokio::spawn(echo(theirs));
    let mut events = task.events();
    task.opened().await.expect("opened");
    // More than the pipe holds, both ways at once.
    let sent = Message::from(vec![7; 100_000]);
    task.send(sent.clone()).await.expect("sent");
    let received = message(&mut events).await;
    assert_eq!(received, sent);
    task.close(CloseFrame::new(4000, "bye").expect("a frame"))
        .await
        .expect("closed");
    let end = task.closed().await;
    assert_eq!((end.code, end.was_clean), (4000, true));
}

#[tokio::test]
async fn a_given_stream_is_a_connection() {
    let (ours, theirs) = tokio::io::duplex(4096);
    tokio::spawn(echo(theirs));
    let option = ConnectSocketOption::new("ws://nowhere.invalid/");
    let task = NativeConnector::new()
        .connect_over(ByteStream::new(ours), option)
        .expect("a task");
    task.opened().await.expect("opened");
    task.close(CloseFrame::default()).await.expect("closed");
    assert!(task.closed().await.was_clean);
}

/// Fails with what it was given.
struct Fails(Mutex<Option<io::Error>>);

#[async_trait]
impl Dialer for Fails {
    async fn dial(&self, _: &DialTarget) -> io::Result<ByteStream> {
        Err(self.0.lock().await.take().expect("one call"))
    }
}

async fn failing(error: io::Error) -> Error {
    let dialer = Fails(Mutex::new(Some(error)));
    let connector = NativeConnector::builder()
        .dialer(dialer)
        .build()
        .expect("a connector");
    let option = ConnectSocketOption::new("ws://nowhere.invalid/");
    let opened = dial_by(&connector, option).await.opened().await;
    opened.expect_err("not connected")
}

#[tokio::test]
async fn what_a_dialer_says_is_told() {
    let error = failing(io::Error::other("the tunnel is down")).await;
    assert_eq!(error.kind(), ErrorKind::Connect);
    for part in ["nowhere.invalid:80", "the tunnel is down", "[connect "] {
        assert!(error.reason().contains(part), "{part}: {error}");
    }
    let own = Error::new(ErrorKind::Dns, "the tunnel knows no such name");
    let error = failing(io::Error::other(own)).await;
    assert_eq!(error.kind(), ErrorKind::Dns);
    assert!(error.reason().starts_with("the tunnel knows"), "{error}");
}

/// Never answers; tells when it is given up.
struct Hangs(mpsc::UnboundedSender<()>);

#[async_trait]
impl Dialer for Hangs {
    async fn dial(&self, _: &DialTarget) -> io::Result<ByteStream> {
        let _told = Told(self.0.clone());
        std::future::pending().await
    }
}

struct Told(mpsc::UnboundedSender<()>);

impl Drop for Told {
    fn drop(&mut self) {
        self.0.send(()).expect("somebody waits");
    }
}

#[tokio::test(start_paused = true)]
async fn a_dialer_that_hangs_is_given_up_in_time() {
    let (told, mut given_up) = mpsc::unbounded_channel();
    let connector = NativeConnector::builder()
        .dialer(Hangs(told))
        .build()
        .expect("a connector");
    let option = ConnectSocketOption::new("ws://a/").timeout(Duration::from_secs(5));
    let error = connect_with(&connector, option)
        .await
        .expect("a task")
        .opened()
        .await
        .expect_err("late");
    assert_eq!(error.kind(), ErrorKind::Timeout, "{error}");
    assert!(error.reason().ends_with("[connect 5.0 s]"), "{error}");
    tokio::time::timeout(LONG, given_up.recv())
        .await
        .expect("given up");
}

#[tokio::test]
async fn a_server_that_ends_a_pipe_ends_the_task() {
    let (ours, theirs) = tokio::io::duplex(4096);
    let (told, mut opened) = mpsc::channel(1);
    let server = tokio::spawn(async move {
        let socket = accept_async(theirs).await.expect("a client");
        opened.recv().await;
        drop(socket);
    });
    let option = ConnectSocketOption::new("ws://nowhere.invalid/");
    let task = NativeConnector::new()
        .connect_over(ByteStream::new(ours), option)
        .expect("a task");
    task.opened().await.expect("opened");
    told.send(()).await.expect("the server waits");
    server.await.expect("the server");
    let end = task.closed().await;
    assert_eq!((end.code, end.was_clean), (1006, false));
    drop(Arc::clone(&task));
}

/// Panics.
struct Panics;

#[async_trait]
impl Dialer for Panics {
    async fn dial(&self, _: &DialTarget) -> io::Result<ByteStream> {
        panic!("expected by the test")
    }
}

#[tokio::test]
async fn a_dialer_that_panics_is_told_as_that() {
    let connector = NativeConnector::builder().dialer(Panics).build();
    let option = ConnectSocketOption::new("ws://a/");
    let task = dial_by(&connector.expect("a connector"), option).await;
    let error = task.opened().await.expect_err("no connection");
    assert!(error.reason().contains("has panicked"), "{error}");
}

/// Says that it has written more than it was given.
struct Boasts(DuplexStream);

impl tokio::io::AsyncRead for Boasts {
    fn poll_read(
        mut self: std::pin::Pin<&mut Self>,
        cx: &mut std::task::Context<'_>,
        buffer: &mut tokio::io::ReadBuf<'_>,
    ) -> std::task::Poll<io::Result<()>> {
        std::pin::Pin::new(&mut self.0).poll_read(cx, buffer)
    }
}

impl tokio::io::AsyncWrite for Boasts {
    fn poll_write(
        self: std::pin::Pin<&mut Self>,
        _: &mut std::task::Context<'_>,
        bytes: &[u8],
    ) -> std::task::Poll<io::Result<usize>> {
        std::task::Poll::Ready(Ok(bytes.len() + 1))
    }

    fn poll_flush(
        self: std::pin::Pin<&mut Self>,
        _: &mut std::task::Context<'_>,
    ) -> std::task::Poll<io::Result<()>> {
        std::task::Poll::Ready(Ok(()))
    }

    fn poll_shutdown(
        self: std::pin::Pin<&mut Self>,
        _: &mut std::task::Context<'_>,
    ) -> std::task::Poll<io::Result<()>> {
        std::task::Poll::Ready(Ok(()))
    }
}

#[tokio::test]
async fn a_stream_that_boasts_is_refused() {
    let (ours, theirs) = tokio::io::duplex(64);
    let stream = ByteStream::new(Boasts(ours));
    let option = ConnectSocketOption::new("ws://a/").timeout(LONG);
    let task = NativeConnector::new().connect_over(stream, option);
    drop(theirs);
    let error = task
        .expect("a task")
        .opened()
        .await
        .expect_err("no connection");
    assert!(error.reason().contains("more than it was given"), "{error}");
}
