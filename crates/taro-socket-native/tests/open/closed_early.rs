//! `close` while connecting: the task never opens, and ends with 1006.

use std::time::Duration;

use rand::random_range;
use taro_socket_api::{
    CloseCause, CloseEvent, CloseFrame, ConnectSocketOption, ErrorKind, ReadyState,
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

use crate::server::{dial, hold, listen, request, switching};

const TRIES: usize = 10_000;

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

/// Closes at some point between dialling and shortly after open; whether that was before open.
async fn attempt(url: String) -> bool {
    let task = dial(ConnectSocketOption::new(url)).await;
    for _ in 0..random_range(0..40) {
        tokio::task::yield_now().await;
    }
    tokio::time::sleep(Duration::from_micros(random_range(0..200))).await;
    let before = task.ready_state();
    task.close(CloseFrame::default())
        .await
        .expect("a sound frame");
    let opened = task.opened().await;
    let end = task.closed().await;
    if let Err(error) = &opened {
        assert_eq!(error.kind(), ErrorKind::Aborted, "{error:?}");
        assert_eq!(
            (end.code, end.was_clean, end.cause),
            (1006, false, CloseCause::Local)
        );
        assert!(end.requested);
    } else {
        assert_ne!(end, CloseEvent::abnormal(CloseCause::Transport));
    }
    if before == ReadyState::Open {
        opened.as_ref().expect("it was open before");
    }
    opened.is_err()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_task_closed_while_connecting_never_opens() {
    let at = listen(|_, tcp| serve(tcp)).await;
    let url = format!("ws://{at}/");
    let mut early = 0;
    // Some side by side, so that the points in time differ.
    for _ in 0..TRIES / 20 {
        let tries = (0..20).map(|_| tokio::spawn(attempt(url.clone())));
        for outcome in tries.collect::<Vec<_>>() {
            early += usize::from(outcome.await.expect("as documented"));
        }
    }
    assert!(
        early > 0 && early < TRIES,
        "{early} of {TRIES} closed before open: no race"
    );
}
