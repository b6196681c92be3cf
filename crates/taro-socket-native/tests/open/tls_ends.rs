//! The end of a connection over TLS.

use std::{
    io::Write,
    sync::{Arc, Mutex},
    time::Duration,
};

use taro_socket_api::{CloseCause, CloseFrame, ConnectSocketOption, ErrorKind, Limits, SocketTask};
use taro_socket_native::NativeConnector;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    sync::{Notify, mpsc},
    time::timeout,
};
use tokio_rustls::server::TlsStream;

use crate::{
    authority::{Authority, serve_by},
    clock::{passing, stop_clock},
    server::{LONG, dial_by, hold},
    tls::trusting,
};

/// An open task, with a server that goes on by `open`.
async fn open_to<F>(
    open: impl Fn(TlsStream<TcpStream>) -> F + Clone + Send + Sync + 'static,
) -> Arc<dyn SocketTask>
where
    F: Future<Output = ()> + Send,
{
    let authority = Authority::new();
    let server = serve_by(authority.issue(&["localhost"]), open).await;
    let connector = NativeConnector::builder()
        .tls(trusting(&authority))
        .build()
        .expect("options in order");
    let url = format!("wss://localhost:{}/", server.port());
    let limits = Limits::default().close_timeout(Duration::from_millis(100));
    let task = dial_by(&connector, ConnectSocketOption::new(url).limits(limits)).await;
    task.opened().await.expect("open");
    task
}

/// Answers the first byte with `frames`, and with `junk` that is none of the session's, in one piece.
async fn spoils(mut stream: TlsStream<TcpStream>, frames: &[u8], junk: &[u8]) {
    stream.read_u8().await.expect("a byte");
    let (mut tcp, mut session) = stream.into_inner();
    session.writer().write_all(frames).expect("encrypted");
    let mut records = Vec::new();
    while session.wants_write() {
        session.write_tls(&mut records).expect("records");
    }
    records.extend_from_slice(junk);
    tcp.write_all(&records).await.expect("written");
    hold(tcp).await;
}

#[tokio::test]
async fn what_came_before_an_error_of_tls_is_told() {
    const MESSAGE: &[u8] = b"\x81\x0alast words";
    const WITH_CLOSE: &[u8] = b"\x81\x0alast words\x88\x07\x03\xe9going";
    let alert: &[u8] = b"\x15\x03\x03\x00\x02\x02\x28";
    for junk in [alert, b"HTTP/1.1 502 Bad Gateway\r\n\r\n"] {
        for (frames, expected) in [
            (MESSAGE, (1006, CloseCause::Transport, Some(ErrorKind::Tls))),
            (WITH_CLOSE, (1001, CloseCause::Remote, None)),
        ] {
            let task = open_to(move |stream| spoils(stream, frames, junk)).await;
            let (texts, kind) = (Arc::new(Mutex::new(Vec::new())), Arc::new(Mutex::new(None)));
            let (got, told) = (Arc::clone(&texts), Arc::clone(&kind));
            task.on_message(move |event| got.lock().expect("sound").push(event.data));
            task.on_error(move |event| *told.lock().expect("sound") = Some(event.error.kind()));
            drop(task.send("go"));
            let end = timeout(LONG, task.closed()).await.expect("an end");
            let kind = kind.lock().expect("sound").take();
            assert_eq!((end.code, end.cause, kind), expected);
            assert_eq!(*texts.lock().expect("sound"), ["last words".into()]);
        }
    }
}

#[tokio::test]
async fn what_was_flushed_arrives_and_the_session_is_ended() {
    const MESSAGE: usize = 300_000;
    let _clock = stop_clock();
    let (closed, reads) = (Arc::new(Notify::new()), mpsc::unbounded_channel());
    let (go, (told, mut read)) = (Arc::clone(&closed), reads);
    let task = open_to(move |mut stream| {
        let (go, told) = (Arc::clone(&go), told.clone());
        async move {
            go.notified().await;
            let tick = stream.write_all(b"\x81\x04tick").await;
            // Without the end of the session, as of TCP, this fails.
            let all = stream.read_to_end(&mut Vec::new()).await;
            told.send((tick.is_ok(), all.ok())).expect("a test");
        }
    })
    .await;
    for _ in 0..4 {
        drop(task.send(vec![7; MESSAGE]));
    }
    task.flush().await.expect("handed to the system");
    drop(task.close(CloseFrame::default()));
    let end = passing(Duration::from_millis(25), task.closed()).await;
    assert_eq!(end.cause, CloseCause::Timeout);
    closed.notify_one();
    assert_eq!(
        read.recv().await,
        Some((true, Some(4 * (14 + MESSAGE) + 8)))
    );
}
