//! `close` while connecting: the task never opens, and ends with 1006.

use rand::random_range;
use taro_socket_api::{CloseCause, CloseFrame, ConnectSocketOption, ErrorKind, ReadyState};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

use crate::server::{dial, hold, listen, request, switching};

async fn serve(mut tcp: TcpStream) {
    let request = request(&mut tcp).await;
    // The client may be gone.
    let _ = tcp.write_all(switching(&request, "").as_bytes()).await;
    // The Close frame of those that had opened; answered by one with 1000.
    if tcp.read_u8().await.is_ok() {
        let _ = tcp.write_all(&[0x88, 2, 3, 0xe8]).await;
        hold(tcp).await;
    }
}

/// Closes at some point between dialling and shortly after the outcome; whether the outcome was given up.
async fn attempt(url: String) -> bool {
    let task = dial(ConnectSocketOption::new(url)).await;
    for _ in 0..random_range(0..150) {
        tokio::task::yield_now().await;
    }
    let before = task.ready_state();
    let closed = task.close(CloseFrame::default()).await;
    closed.expect("a sound frame");
    let opened = task.opened().await.map_err(|error| error.kind());
    let end = task.closed().await;
    let (given_up, cause) = match opened {
        Ok(_) => (false, CloseCause::Local),
        Err(ErrorKind::Aborted) => (true, CloseCause::Local),
        Err(kind) => {
            assert_eq!(kind, ErrorKind::Handshake);
            (false, CloseCause::Transport)
        }
    };
    assert_eq!(end.cause, cause);
    // Also asked for between the failure and its close.
    assert!(end.requested || cause == CloseCause::Transport);
    if opened.is_err() {
        assert_eq!((end.code, end.was_clean), (1006, false));
    }
    assert!(
        before == ReadyState::Connecting || !given_up,
        "{before:?} before"
    );
    given_up
}

/// Some tries side by side, so that the points in time differ.
async fn race(url: String, tries: usize) {
    let mut given_up = 0;
    for _ in 0..tries / 50 {
        let tries = (0..50).map(|_| tokio::spawn(attempt(url.clone())));
        for outcome in tries.collect::<Vec<_>>() {
            given_up += usize::from(outcome.await.expect("as documented"));
        }
    }
    let some = 1..tries;
    assert!(
        some.contains(&given_up),
        "{given_up} of {tries} were given up: no race"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_task_closed_while_connecting_never_opens() {
    let at = listen(|_, tcp| serve(tcp)).await;
    race(format!("ws://{at}/"), 10_000).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_task_closed_while_its_connection_fails_ends_as_one_of_the_two() {
    let at = listen(|_, mut tcp| async move { drop(request(&mut tcp).await) }).await;
    race(format!("ws://{at}/"), 2_000).await;
}
