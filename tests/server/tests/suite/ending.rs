//! Routes that differ in how the connection ends.

use std::io::ErrorKind;

use taro_socket_test_protocol::{CloseSeen, End};
use taro_socket_test_server::{Action, Behavior, DropWhen, Until};

use crate::client::{Client, seen, server};

/// 1000 in network order.
const NORMAL: &[u8] = &[3, 232];

fn close(code: u16, reason: &str) -> Option<CloseSeen> {
    let (code, reason) = (Some(code), reason.to_owned());
    Some(CloseSeen { code, reason })
}

#[tokio::test]
async fn a_close_frame_is_answered_and_tcp_ended() {
    let server = server().await;
    let mut client = Client::open(&server, &Behavior::Echo).await;
    client.send(0x88, b"\x0f\xa1bye").await;
    assert_eq!(client.rest().await, Ok(b"\x88\x05\x0f\xa1bye".to_vec()));
    drop(client);
    let seen = seen(&server, Until::Ended).await;
    assert_eq!(
        (seen.close, seen.end),
        (close(4001, "bye"), Some(End::Local))
    );
    assert!(seen.violations.is_empty(), "{:?}", seen.violations);
}

#[tokio::test]
async fn an_empty_close_frame_is_answered_by_an_empty_one() {
    let server = server().await;
    let mut client = Client::open(&server, &Behavior::Echo).await;
    client.send(0x88, b"").await;
    assert_eq!(client.rest().await, Ok(vec![0x88, 0]));
}

#[tokio::test]
async fn close_waits_for_messages_and_for_the_answer() {
    let server = server().await;
    let behavior = Behavior::Close {
        code: Some(1000),
        reason: "done".into(),
        after: 2,
    };
    let mut client = Client::open(&server, &behavior).await;
    client.send(0x81, b"a").await;
    client.send(0x81, b"b").await;
    assert_eq!(client.frame().await, (0x88, b"\x03\xe8done".to_vec()));
    client.send(0x81, b"late").await;
    client.send(0x88, NORMAL).await;
    assert_eq!(client.rest().await, Ok(vec![]));
    drop(client);
    let seen = seen(&server, Until::Ended).await;
    assert_eq!((seen.messages.len(), seen.close), (3, close(1000, "")));
}

#[tokio::test]
async fn close_at_open_may_be_empty_or_illegal() {
    let server = server().await;
    for (code, wanted) in [(None, vec![]), (Some(1006), vec![3, 238])] {
        let reason = String::new();
        let behavior = Behavior::Close {
            code,
            reason,
            after: 0,
        };
        let mut client = Client::open(&server, &behavior).await;
        assert_eq!(client.frame().await, (0x88, wanted));
    }
}

#[tokio::test]
async fn answer_close_gives_another_status() {
    let server = server().await;
    let behavior = Behavior::AnswerClose {
        code: Some(4002),
        reason: "mine".into(),
    };
    let mut client = Client::open(&server, &behavior).await;
    client.send(0x88, NORMAL).await;
    assert_eq!(client.rest().await, Ok(b"\x88\x06\x0f\xa2mine".to_vec()));
}

#[tokio::test]
async fn flood_on_close_sends_before_it_answers() {
    let server = server().await;
    let mut client = Client::open(&server, &Behavior::FloodOnClose { count: 500 }).await;
    client.send(0x88, NORMAL).await;
    for _ in 0..500 {
        assert_eq!(client.frame().await, (0x81, b"late".to_vec()));
    }
    assert_eq!(client.rest().await, Ok(vec![0x88, 2, 3, 232]));
}

#[tokio::test]
async fn ignore_close_goes_on_and_never_ends_tcp() {
    let server = server().await;
    let mut client = Client::open(&server, &Behavior::IgnoreClose).await;
    client.send(0x81, b"a").await;
    client.send(0x88, NORMAL).await;
    assert_eq!(client.frame().await, (0x81, b"a".to_vec()));
    assert_eq!(seen(&server, Until::Closed).await.close, close(1000, ""));
    // The client ends its side; the server's side stays open behind it.
    tokio::io::AsyncWriteExt::shutdown(&mut client.tcp)
        .await
        .expect("FIN");
    assert_eq!(seen(&server, Until::Ended).await.end, Some(End::Eof));
    let mut byte = [0];
    let read = client.tcp.try_read(&mut byte).map_err(|error| error.kind());
    assert_eq!(read, Err(ErrorKind::WouldBlock));
}

#[tokio::test]
async fn drop_ends_tcp_at_its_moment() {
    let moments = [
        (DropWhen::Open, None),
        (DropWhen::Message, Some(0x81)),
        (DropWhen::Close, Some(0x88)),
    ];
    for (when, first) in moments {
        for (reset, wanted) in [(false, Ok(vec![])), (true, Err(ErrorKind::ConnectionReset))] {
            let server = server().await;
            let mut client = Client::open(&server, &Behavior::Drop { when, reset }).await;
            if let Some(first) = first {
                client.send(first, b"").await;
            }
            assert_eq!(client.rest().await, wanted, "{when:?}");
            drop(client);
            assert_eq!(seen(&server, Until::Ended).await.end, Some(End::Local));
        }
    }
}

#[tokio::test]
async fn an_end_comes_behind_what_is_still_to_be_sent() {
    let server = server().await;
    let mut client = Client::open(&server, &Behavior::Capture).await;
    let flood = Action::Flood { count: 3, size: 1 };
    assert!(server.act("a", flood).await);
    assert!(server.act("a", Action::End).await);
    let wire = b"\x82\x01\x00\x82\x01\x01\x82\x01\x02";
    assert_eq!(client.rest().await, Ok(wire.to_vec()));
    assert_eq!(seen(&server, Until::Closed).await.end, Some(End::Local));
}

#[tokio::test]
async fn the_clients_own_end_is_told_apart() {
    let server = server().await;
    drop(Client::open(&server, &Behavior::Echo).await);
    assert_eq!(seen(&server, Until::Ended).await.end, Some(End::Eof));
    let client = Client::open(&server, &Behavior::Echo).await;
    client.tcp.set_zero_linger().expect("RST at the end");
    drop(client);
    let reset = server.seen("a", Until::Ended, crate::client::STEP).await;
    assert_eq!(reset.end, Some(End::Reset));
}

#[tokio::test]
async fn dropping_the_server_ends_its_connections() {
    let server = server().await;
    let mut client = Client::open(&server, &Behavior::Echo).await;
    let addr = server.addr();
    drop(server);
    assert!(client.rest().await.is_ok_and(|bytes| bytes.is_empty()));
    assert!(tokio::net::TcpStream::connect(addr).await.is_err());
}
