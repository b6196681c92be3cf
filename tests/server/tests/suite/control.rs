//! The control channel over HTTP, and the same in process.

use taro_socket_test_protocol::{Action, End};
use taro_socket_test_server::{Behavior, Observation, ROUTES, TestServer, Until};
use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;

use crate::client::{Client, STEP, seen, server};

/// Sends one control request; returns the head and the body of the answer.
pub(crate) async fn http(server: &TestServer, request: &str, body: &str) -> (String, String) {
    let mut tcp = TcpStream::connect(server.addr()).await.expect("a port");
    let length = body.len();
    let head = format!("{request} HTTP/1.1\r\nHost: a\r\nContent-Length: {length}\r\n\r\n{body}");
    tcp.write_all(head.as_bytes()).await.expect("a request");
    let answer = Client { tcp }.rest().await.expect("FIN");
    let answer = String::from_utf8(answer).expect("text");
    let (head, body) = answer.split_once("\r\n\r\n").expect("a head");
    (head.to_owned(), body.to_owned())
}

async fn act(server: &TestServer, action: &Action) {
    let (head, _) = http(server, &format!("POST {}", action.target("a")), "").await;
    assert!(head.starts_with("HTTP/1.1 200 "), "{head}");
}

#[tokio::test]
async fn seen_waits_and_answers_as_json() {
    let server = server().await;
    let asking = http(&server, "GET /control/seen?id=a&until=messages:1", "");
    let sending = async {
        let mut client = Client::open(&server, &Behavior::Echo).await;
        client.send(0x81, b"hello").await;
        client
    };
    let ((head, body), _client) = tokio::join!(asking, sending);
    assert!(head.contains("\r\nAccess-Control-Allow-Origin: *\r\n"));
    let told: Observation = serde_json::from_str(&body).expect("an observation");
    assert!(told.reached && told.opened);
    assert_eq!(told, seen(&server, Until::Messages(1)).await);
}

#[tokio::test]
async fn seen_gives_up_when_time_is_over() {
    let server = server().await;
    let (_, body) = http(&server, "GET /control/seen?id=b&until=opened&within=20", "").await;
    let told: Observation = serde_json::from_str(&body).expect("an observation");
    assert_eq!(told, Observation::default());
    let (head, _) = http(&server, "GET /control/seen?id=b&until=never", "").await;
    assert!(head.starts_with("HTTP/1.1 400 "));
}

#[tokio::test]
async fn a_silent_connection_can_be_dropped_and_nothing_else() {
    let server = server().await;
    let mut client = Client::dial(&server, &Behavior::Silent.target("a"), "").await;
    seen(&server, Until::Requested).await;
    let text = Action::Text { text: "no".into() };
    let (head, _) = http(&server, &format!("POST {}", text.target("a")), "").await;
    assert!(head.starts_with("HTTP/1.1 404 "), "{head}");
    act(&server, &Action::Drop { reset: false }).await;
    assert_eq!(client.rest().await.expect("FIN"), b"");
    assert_eq!(seen(&server, Until::Ended).await.end, Some(End::Local));
}

#[tokio::test]
async fn routes_are_told() {
    let server = server().await;
    let (_, body) = http(&server, "GET /control/routes", "").await;
    let routes: Vec<String> = serde_json::from_str(&body).expect("a list");
    assert_eq!(routes, ROUTES);
    let (head, body) = http(&server, "GET /control/nothing", "").await;
    assert!(head.starts_with("HTTP/1.1 404 ") && body.contains("/control/seen"));
    let (head, _) = http(&server, "OPTIONS /control/seen", "").await;
    assert!(head.starts_with("HTTP/1.1 204 "));
}

#[tokio::test]
async fn actions_send_frames() {
    let server = server().await;
    let mut client = Client::open(&server, &Behavior::Capture).await;
    let (text, payload) = ("a&b".to_owned(), "p".to_owned());
    act(&server, &Action::Text { text }).await;
    act(&server, &Action::Binary { bytes: vec![0, 9] }).await;
    act(&server, &Action::Ping { payload }).await;
    act(&server, &Action::Flood { count: 2, size: 1 }).await;
    act(&server, &Action::Raw { bytes: vec![0xff] }).await;
    let wire = b"\x81\x03a&b\x82\x02\x00\x09\x89\x01p\x82\x01\x00\x82\x01\x01\xff";
    assert_eq!(client.bytes(wire.len()).await, wire);
}

#[tokio::test]
async fn action_close_waits_for_the_answer() {
    let server = server().await;
    let mut client = Client::open(&server, &Behavior::Echo).await;
    let (code, reason) = (Some(4000), "go".to_owned());
    act(&server, &Action::Close { code, reason }).await;
    assert_eq!(client.frame().await, (0x88, b"\x0f\xa0go".to_vec()));
    client.send(0x88, b"\x0f\xa0").await;
    assert_eq!(client.rest().await, Ok(vec![]));
}

#[tokio::test]
async fn action_drop_works_amid_a_flood_that_nobody_reads() {
    let server = server().await;
    let (count, size) = (usize::MAX, 1000);
    for (reset, wanted) in [(true, true), (false, false)] {
        let mut client = Client::open(&server, &Behavior::Flood { count, size }).await;
        assert!(server.act("a", Action::Drop { reset }).await);
        let end = client.rest().await;
        assert_eq!(end.is_err(), wanted);
    }
    let seen = seen(&server, Until::Closed).await;
    assert_eq!(seen.end, Some(End::Local));
}

#[tokio::test]
async fn stall_and_resume_hold_messages_back() {
    let server = server().await;
    let mut client = Client::open(&server, &Behavior::Echo).await;
    act(&server, &Action::Stall).await;
    client.send(0x81, b"held").await;
    // Actions are taken in order, so the echo can only come behind this one.
    act(
        &server,
        &Action::Text {
            text: "first".into(),
        },
    )
    .await;
    assert_eq!(client.frame().await.1, b"first");
    assert!(seen(&server, Until::Now).await.messages.is_empty());
    act(&server, &Action::Resume).await;
    assert_eq!(client.frame().await.1, b"held");
}

#[tokio::test]
async fn actions_need_a_live_connection_and_a_known_name() {
    let server = server().await;
    assert!(!server.act("a", Action::Stall).await);
    let (head, _) = http(&server, &format!("GET {}", Action::Stall.target("a")), "").await;
    assert!(head.starts_with("HTTP/1.1 404 "));
    let (head, body) = http(&server, "GET /control/do?id=a&action=dance", "").await;
    assert!(head.starts_with("HTTP/1.1 400 ") && body.contains("resume"));
}

#[tokio::test]
async fn ids_do_not_mix_and_no_id_is_not_filed() {
    let server = server().await;
    let mut nameless = Client::dial(&server, "/echo", "").await;
    nameless.head().await;
    let _client = Client::open(&server, &Behavior::Echo).await;
    let other = server.seen("b", Until::Now, STEP).await;
    assert!(other.requests.is_empty());
    assert_eq!(seen(&server, Until::Opened).await.requests.len(), 1);
}
