//! Errors of an open connection say what happened, where, and what helps.

use taro_socket_api::{
    ConnectSocketOption, ErrorKind, Limits, SocketEvent, SocketTask, connect_with,
};
use taro_socket_native::NativeConnector;
use tokio::{io::AsyncWriteExt, net::TcpListener};

use super::server::{frame, open, url, within};

/// The error that a task ended with.
async fn error_of(task: &dyn SocketTask) -> taro_socket_api::Error {
    let mut events = task.events();
    while let Some(event) = events.next().await {
        if let SocketEvent::Error(event) = event {
            return event.error;
        }
    }
    panic!("the task ended without an error");
}

#[tokio::test]
async fn what_breaks_a_connection_is_told_with_place_and_remedy() {
    let table = [
        (frame(0x81, b"\xff"), ErrorKind::InvalidUtf8, "as binary"),
        (frame(0x83, b""), ErrorKind::Protocol, "reserved opcode"),
        (
            frame(0x82, &[0; 101]),
            ErrorKind::LimitExceeded,
            "Limits::max_message_bytes",
        ),
        (
            [frame(0x02, b""), frame(0, b""), frame(0, b"")].concat(),
            ErrorKind::LimitExceeded,
            "Limits::max_fragments",
        ),
        (Vec::new(), ErrorKind::Transport, "connect again"),
    ];
    for (bytes, kind, part) in table {
        within(async {
            let limits = Limits::default().max_message_bytes(100).max_fragments(2);
            let (task, mut peer) = open(limits).await;
            let place = peer.0.local_addr().unwrap().to_string();
            peer.0.write_all(&bytes).await.unwrap();
            if bytes.is_empty() {
                drop(peer);
            }
            let error = error_of(&*task).await;
            assert_eq!(error.kind(), kind, "{error}");
            for part in [part, &place] {
                assert!(error.reason().contains(part), "{part}: {error}");
            }
        })
        .await;
    }
}

#[test]
fn a_runtime_that_ends_first_is_told_with_place_and_remedy() {
    for opens in [false, true] {
        let [server, client] = [(); 2].map(|()| tokio::runtime::Runtime::new().unwrap());
        let listener = server.block_on(TcpListener::bind("127.0.0.1:0")).unwrap();
        let place = listener.local_addr().unwrap().to_string();
        let option = ConnectSocketOption::new(url(&listener));
        let (task, _tcp) = if opens {
            let opened = client.block_on(open(Limits::default()));
            (opened.0, Some(opened.1.0))
        } else {
            client.block_on(async {
                let task = connect_with(&NativeConnector::new(), option).await.unwrap();
                let (tcp, _) = listener.accept().await.unwrap();
                (task, Some(tcp))
            })
        };
        drop(client);
        let error = server.block_on(within(error_of(&*task)));
        assert_eq!(error.kind(), ErrorKind::Aborted, "{error}");
        assert!(error.reason().contains("keep the runtime"), "{error}");
        assert!(opens || error.reason().contains(&place), "{error}");
    }
}
