//! Ends that this side has asked for: what was sent before arrives, and what the server does then is no error.

use std::{
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use taro_socket_api::{CloseCause, CloseEvent, CloseFrame, Limits, SendOption, SocketTask};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpSocket,
    time::advance,
};

use super::{
    clock::{passing, stop_clock},
    server::{Peer, frame, open, open_at, within},
};

/// How long the server may take to answer.
const ANSWER: Duration = Duration::from_millis(100);
const STEP: Duration = Duration::from_millis(25);
/// Messages of an upload, 64 KiB each, and their frames' bytes.
const UPLOAD: usize = 256;
const PART: usize = 64 << 10;
const FRAMES: usize = UPLOAD * (14 + PART);
/// Whole messages that were flushed, of a size that the server's buffer does not hold.
const FLUSHED: usize = 4;

fn short() -> Limits {
    Limits::default().close_timeout(ANSWER)
}

/// A task whose flushed messages the server has not read.
async fn flushed() -> (Arc<dyn SocketTask>, Peer) {
    let (task, peer) = open(short()).await;
    task.ignore_messages();
    for _ in 0..FLUSHED {
        drop(task.send(vec![7; 300_000]));
    }
    task.flush().await.unwrap();
    (task, peer)
}

/// A server that is still sending reads all of it, and what `last` says.
async fn arrives(mut peer: Peer, last: Option<(u8, Vec<u8>)>) {
    peer.send(0x81, b"tick").await;
    for _ in 0..FLUSHED {
        assert_eq!(peer.frame().await.unwrap().1.len(), 300_000);
    }
    assert_eq!(peer.frame().await, last);
    if last.is_some() {
        assert_eq!(peer.frame().await, None, "the end of TCP");
    }
}

#[tokio::test]
async fn what_was_flushed_arrives_though_the_server_sends_and_does_not_answer() {
    let _clock = stop_clock();
    for dropping in [false, true] {
        let (task, mut peer) = flushed().await;
        let closed = task.closed();
        if !dropping {
            drop(task.close(CloseFrame::default()));
        }
        drop(task);
        peer.send(0x81, b"tick").await;
        assert_eq!(passing(STEP, closed).await.cause, CloseCause::Timeout);
        arrives(peer, Some((0x88, b"\x03\xe8".to_vec()))).await;
    }
}

#[tokio::test]
async fn what_was_flushed_arrives_though_the_task_is_aborted() {
    let _clock = stop_clock();
    let (task, mut peer) = flushed().await;
    peer.send(0x81, b"tick").await;
    task.abort();
    assert_eq!(task.closed().await.cause, CloseCause::Local);
    arrives(peer, None).await;
}

#[tokio::test]
async fn a_socket_is_not_kept_for_a_server_that_neither_ends_nor_reads() {
    let _clock = stop_clock();
    let (task, mut peer) = flushed().await;
    task.abort();
    task.closed().await;
    let mut reset = false;
    while !reset {
        advance(ANSWER).await;
        reset = peer.0.write_all(&frame(0x81, b"tick")).await.is_err();
    }
}

/// A task that sends much, and how many messages have left. The server's buffer is small, so that it has to read.
async fn uploading() -> (Arc<dyn SocketTask>, Peer, Arc<AtomicUsize>) {
    let socket = TcpSocket::new_v4().unwrap();
    socket.set_recv_buffer_size(64 << 10).unwrap();
    socket.bind("127.0.0.1:0".parse().unwrap()).unwrap();
    let (task, peer) = open_at(&socket.listen(1).unwrap(), short(), b"").await;
    let left = Arc::new(AtomicUsize::new(0));
    for _ in 0..UPLOAD {
        let left = Arc::clone(&left);
        task.send_with(SendOption::new(vec![1; PART]).success(move |_| {
            left.fetch_add(1, Ordering::Relaxed);
        }));
    }
    (task, peer, left)
}

#[tokio::test]
async fn a_server_that_reads_has_its_time_to_answer_from_the_last_byte() {
    let _clock = stop_clock();
    for dropping in [false, true] {
        let (task, mut peer, left) = uploading().await;
        let closed = task.closed();
        if !dropping {
            drop(task.close(CloseFrame::default()));
        }
        drop(task);
        let (mut read, mut passed) = (0, Duration::ZERO);
        let mut part = vec![0; PART];
        while left.load(Ordering::Relaxed) < UPLOAD {
            let before = left.load(Ordering::Relaxed);
            while left.load(Ordering::Relaxed) == before {
                let some = peer.0.read(&mut part).await.unwrap();
                assert!(some > 0, "cut off after {read} bytes");
                read += some;
            }
            // Slowly, but on and on.
            advance(ANSWER / 2).await;
            passed += ANSWER / 2;
        }
        assert!(passed > 2 * ANSWER, "{passed:?}");
        let mut rest = vec![0; FRAMES - read];
        peer.0.read_exact(&mut rest).await.unwrap();
        assert_eq!(peer.frame().await, Some((0x88, b"\x03\xe8".to_vec())));
        peer.send(0x88, b"\x03\xe8").await;
        let end = closed.await;
        assert_eq!((end.code, end.cause), (1000, CloseCause::Local));
    }
}

#[tokio::test]
async fn a_server_that_reads_nothing_is_not_waited_for() {
    let _clock = stop_clock();
    let (task, _peer, _) = uploading().await;
    drop(task.close(CloseFrame::default()));
    assert_eq!(
        passing(STEP, task.closed()).await.cause,
        CloseCause::Timeout
    );
}

#[tokio::test]
async fn a_time_without_end_may_be_given_to_answer() {
    within(async {
        let (task, mut peer) = open(Limits::default().close_timeout(Duration::MAX)).await;
        drop(task.send("last"));
        task.close(CloseFrame::default()).await.unwrap();
        assert_eq!(peer.frame().await.unwrap().1, b"last");
        assert_eq!(peer.frame().await.unwrap().0, 0x88);
        peer.send(0x88, b"\x03\xe8").await;
        assert!(task.closed().await.was_clean);
    })
    .await;
}

#[tokio::test]
async fn a_breach_behind_an_own_close_is_no_error() {
    let mut too_big = vec![0x82, 127];
    too_big.extend((1_u64 << 40).to_be_bytes());
    let table = [
        too_big,
        frame(0x81, b"\xff"),
        frame(0x83, b"reserved"),
        frame(0x88, &1006_u16.to_be_bytes()),
    ];
    for breach in table {
        within(async {
            let (task, mut peer) = open(Limits::default()).await;
            let error = Arc::new(Mutex::new(None));
            let told = Arc::clone(&error);
            task.on_error(move |event| *told.lock().unwrap() = Some(event.error));
            task.close(CloseFrame::default()).await.unwrap();
            assert_eq!(peer.frame().await.unwrap().0, 0x88);
            peer.0.write_all(&breach).await.unwrap();
            let end = task.closed().await;
            let mut expected = CloseEvent::abnormal(CloseCause::Local);
            expected.requested = true;
            assert_eq!(end, expected, "{breach:02x?}");
            assert!(error.lock().unwrap().is_none(), "{breach:02x?}");
        })
        .await;
    }
}
