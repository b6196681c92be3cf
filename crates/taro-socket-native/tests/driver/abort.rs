//! The end at once.

use taro_socket_api::{
    CloseCause, CloseEvent, ConnectSocketOption, ErrorKind, Limits, connect_with,
};
use taro_socket_native::NativeConnector;
use tokio::{io::AsyncReadExt, net::TcpListener};

use super::server::{open, url, within};

fn assert_aborted(end: &CloseEvent) {
    assert_eq!((end.code, end.was_clean), (1006, false));
    assert_eq!((end.cause, end.requested), (CloseCause::Local, true));
}

#[tokio::test]
async fn an_open_task_ends_without_a_close_frame() {
    within(async {
        let (task, mut peer) = open(Limits::default()).await;
        task.abort();
        assert_aborted(&task.closed().await);
        let mut rest = Vec::new();
        peer.0.read_to_end(&mut rest).await.unwrap();
        assert_eq!(rest, b"");
    })
    .await;
}

#[tokio::test]
async fn what_waits_is_given_up() {
    within(async {
        let (task, _peer) = open(Limits::default()).await;
        let (send, flush) = (task.send(vec![0; 40 << 20]), task.flush());
        task.abort();
        assert_aborted(&task.closed().await);
        assert_eq!(send.await.unwrap_err().kind(), ErrorKind::Aborted);
        assert_eq!(flush.await.unwrap_err().kind(), ErrorKind::Aborted);
    })
    .await;
}

#[tokio::test]
async fn a_close_that_is_not_answered_need_not_be_waited_for() {
    within(async {
        let mut limits = Limits::default();
        limits.close_timeout = std::time::Duration::from_secs(3600);
        let (task, mut peer) = open(limits).await;
        task.close(Default::default()).await.unwrap();
        assert_eq!(peer.frame().await.unwrap().0, 0x88);
        task.abort();
        task.abort();
        assert_aborted(&task.closed().await);
        assert_eq!(peer.frame().await, None);
    })
    .await;
}

#[tokio::test]
async fn a_task_that_connects_gives_up() {
    within(async {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let option = ConnectSocketOption::new(url(&listener));
        let task = connect_with(&NativeConnector::new(), option).await.unwrap();
        let (_never_answers, _) = listener.accept().await.unwrap();
        task.abort();
        assert_aborted(&task.closed().await);
        assert!(task.opened().await.is_err());
    })
    .await;
}
