//! What was flushed is the system's.

use futures::FutureExt;
use taro_socket_api::{ErrorKind, Limits};

use super::server::{open, within};

#[test]
fn what_was_flushed_arrives_though_the_runtime_ends() {
    let runtime = |threads: bool| match threads {
        true => tokio::runtime::Builder::new_multi_thread(),
        false => tokio::runtime::Builder::new_current_thread(),
    };
    for threads in [true, false] {
        let server = runtime(true).enable_all().build().unwrap();
        let client = runtime(threads).enable_all().build().unwrap();
        let (url, peer) = server.block_on(async {
            let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
            let url = super::server::url(&listener);
            (
                url,
                tokio::spawn(async move { super::server::Peer::accept(&listener).await }),
            )
        });
        client.block_on(async {
            let option = taro_socket_api::ConnectSocketOption::new(url);
            let connector = taro_socket_native::NativeConnector::new();
            let task = taro_socket_api::connect_with(&connector, option)
                .await
                .unwrap();
            task.opened().await.unwrap();
            task.send("last").await.unwrap();
            task.send("words").await.unwrap();
            task.flush().await.unwrap();
        });
        drop(client);
        server.block_on(within(async {
            let mut peer = peer.await.unwrap();
            assert_eq!(peer.frame().await.unwrap().1, b"last");
            assert_eq!(peer.frame().await.unwrap().1, b"words");
        }));
    }
}

#[tokio::test]
async fn a_flush_waits_for_what_was_sent_before_it_alone() {
    within(async {
        let (task, mut peer) = open(Limits::default()).await;
        task.flush().await.unwrap();
        let sent = [8 << 20, 40 << 20].map(|length| {
            let sent = task.send(vec![0; length]);
            (sent, task.flush())
        });
        let [(_, first), (_, mut second)] = sent;
        assert_eq!(peer.frame().await.unwrap().1.len(), 8 << 20);
        first.await.unwrap();
        assert!((&mut second).now_or_never().is_none());
        assert_eq!(peer.frame().await.unwrap().1.len(), 40 << 20);
        second.await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn a_flush_behind_a_close_waits_for_the_close_frame() {
    within(async {
        let (task, mut peer) = open(Limits::default()).await;
        task.close(Default::default()).await.unwrap();
        task.flush().await.unwrap();
        assert_eq!(peer.frame().await.unwrap(), (0x88, b"\x03\xe8".to_vec()));
        peer.send(0x88, b"\x03\xe8").await;
        assert!(task.closed().await.was_clean);
    })
    .await;
}

#[tokio::test]
async fn a_flush_fails_if_the_connection_ends_first() {
    within(async {
        let (task, peer) = open(Limits::default()).await;
        drop(task.send(vec![0; 40 << 20]));
        let flush = task.flush();
        peer.reset();
        assert_eq!(flush.await.unwrap_err().kind(), ErrorKind::Aborted);
        task.closed().await;
        let late = task.flush().await.unwrap_err();
        assert_eq!(late.kind(), ErrorKind::InvalidState);
    })
    .await;
}
