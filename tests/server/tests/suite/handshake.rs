//! Routes that differ in how they answer the handshake.

use taro_socket_test_protocol::End;
use taro_socket_test_server::{Behavior, DropWhen, Until};

use crate::client::{Client, seen, server};

/// The accept value of the key that the client sends (RFC 6455 §1.3).
const ACCEPT: &str = "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n";

async fn head(behavior: &Behavior, more: &str) -> String {
    let server = server().await;
    let mut client = Client::dial(&server, &behavior.target("a"), more).await;
    client.head().await
}

#[tokio::test]
async fn the_request_is_filed_as_sent() {
    let server = server().await;
    let more = "x-Case: kept\r\nSec-WebSocket-Protocol: one, two\r\n";
    let mut client = Client::dial(&server, "/echo?id=a", more).await;
    let answer = client.head().await;
    assert!(answer.contains(ACCEPT));
    assert!(answer.contains("Sec-WebSocket-Protocol: one\r\n"));
    let seen = seen(&server, Until::Opened).await;
    let request = &seen.requests[0];
    assert_eq!(request.target, "/echo?id=a");
    assert!(request.headers.contains(&("x-Case".into(), "kept".into())));
    assert_eq!(request.protocols, ["one", "two"]);
    assert!(seen.violations.is_empty(), "{:?}", seen.violations);
}

#[tokio::test]
async fn wrong_accept_gives_another_value() {
    let answer = head(&Behavior::WrongAccept, "").await;
    assert!(answer.starts_with("HTTP/1.1 101 "));
    assert!(!answer.contains(ACCEPT));
}

#[tokio::test]
async fn subprotocols_are_selected_as_told() {
    let offer = "Sec-WebSocket-Protocol: one\r\n";
    let none = head(&Behavior::NoSubprotocol, offer).await;
    assert!(!none.contains("Sec-WebSocket-Protocol"));
    let name = "other".to_owned();
    let other = head(&Behavior::Subprotocol { name }, offer).await;
    assert!(other.contains("Sec-WebSocket-Protocol: other\r\n"));
}

#[tokio::test]
async fn extension_answers_what_nobody_offered() {
    let answer = head(&Behavior::Extension, "").await;
    assert!(answer.contains("Sec-WebSocket-Extensions: x-never-offered\r\n"));
}

#[tokio::test]
async fn trickle_gives_a_whole_answer() {
    let answer = head(&Behavior::Trickle, "").await;
    assert!(answer.contains("Connection: keep-alive, Upgrade\r\n"));
    assert!(answer.contains(ACCEPT));
}

#[tokio::test]
async fn reject_answers_with_status_and_body() {
    let server = server().await;
    let (status, body) = (403, "not you".to_owned());
    let target = Behavior::Reject { status, body }.target("a");
    let mut client = Client::dial(&server, &target, "").await;
    let answer = String::from_utf8(client.rest().await.expect("FIN")).expect("text");
    assert!(answer.starts_with("HTTP/1.1 403 Forbidden\r\n"));
    assert!(answer.ends_with("\r\n\r\nnot you"));
    drop(client);
    let seen = seen(&server, Until::Ended).await;
    assert!(!seen.opened);
    assert_eq!(seen.end, Some(End::Local));
}

#[tokio::test]
async fn redirect_names_the_location() {
    let location = "ws://127.0.0.1:9/else?x=1".to_owned();
    let answer = head(&Behavior::Redirect { location }, "").await;
    assert!(answer.starts_with("HTTP/1.1 302 Found\r\n"));
    assert!(answer.contains("Location: ws://127.0.0.1:9/else?x=1\r\n"));
}

#[tokio::test]
async fn delay_answers_later() {
    let start = std::time::Instant::now();
    let answer = head(&Behavior::Delay { ms: 120 }, "").await;
    assert!(answer.starts_with("HTTP/1.1 101 "));
    assert!(start.elapsed().as_millis() >= 120);
}

#[tokio::test]
async fn a_client_that_leaves_during_the_delay_is_noticed() {
    let server = server().await;
    let target = Behavior::Delay { ms: 600_000 }.target("a");
    drop(Client::dial(&server, &target, "").await);
    let seen = seen(&server, Until::Ended).await;
    assert_eq!((seen.opened, seen.end), (false, Some(End::Eof)));
}

#[tokio::test]
async fn silent_reads_the_request_and_answers_nothing() {
    let server = server().await;
    let mut client = Client::dial(&server, &Behavior::Silent.target("a"), "").await;
    assert_eq!(seen(&server, Until::Requested).await.end, None);
    client.write(b"more").await;
    drop(client);
    let seen = seen(&server, Until::Ended).await;
    assert!(!seen.opened);
    assert_eq!(seen.end, Some(End::Eof));
}

#[tokio::test]
async fn drop_at_the_handshake_ends_tcp() {
    let server = server().await;
    let when = DropWhen::Handshake;
    for reset in [false, true] {
        let target = Behavior::Drop { when, reset }.target("a");
        let mut client = Client::dial(&server, &target, "").await;
        let end = client.rest().await;
        let wanted = if reset {
            Err(std::io::ErrorKind::ConnectionReset)
        } else {
            Ok(vec![])
        };
        assert_eq!(end, wanted);
    }
    let seen = seen(&server, Until::Ended).await;
    assert_eq!((seen.requests.len(), seen.opened), (2, false));
}

#[tokio::test]
async fn drop_in_the_middle_of_the_answer_leaves_half_of_it() {
    let server = server().await;
    let (when, reset) = (DropWhen::Answer, false);
    let target = Behavior::Drop { when, reset }.target("a");
    let mut client = Client::dial(&server, &target, "").await;
    let half = client.rest().await.expect("no reset");
    assert!(half.starts_with(b"HTTP/1.1 101 "), "{half:?}");
    assert!(!half.ends_with(b"\r\n\r\n"), "{half:?}");
    assert!(!seen(&server, Until::Closed).await.opened);
}

#[tokio::test]
async fn unknown_paths_and_arguments_are_explained() {
    let server = server().await;
    let mut client = Client::dial(&server, "/nowhere", "").await;
    let answer = String::from_utf8(client.rest().await.expect("FIN")).expect("text");
    assert!(answer.starts_with("HTTP/1.1 404 "));
    assert!(answer.contains("\n/wrong-accept\n"));
    let mut client = Client::dial(&server, "/delay", "").await;
    assert!(client.head().await.starts_with("HTTP/1.1 400 "));
}
