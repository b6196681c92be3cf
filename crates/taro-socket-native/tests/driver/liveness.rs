//! A server that says nothing is asked, and given up if it does not answer.

use std::{sync::Arc, time::Duration};

use taro_socket_api::{
    CloseCause, ConnectSocketOption, ErrorKind, Limits, Message, ReadyState, RetryAdvice,
    SocketTask, connect_with,
};
use taro_socket_native::NativeConnector;
use tokio::{
    io::AsyncReadExt as _,
    net::TcpListener,
    time::{Instant, sleep, timeout},
};

use crate::server::{Peer, url, within};

const PING: u8 = 0x89;
const PONG: u8 = 0x8a;
const TEXT: u8 = 0x81;

const fn ms(ms: u64) -> Duration {
    Duration::from_millis(ms)
}

async fn open(
    set: impl FnOnce(ConnectSocketOption) -> ConnectSocketOption,
) -> (Arc<dyn SocketTask>, Peer) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let option = set(ConnectSocketOption::new(url(&listener)));
    let task = connect_with(&NativeConnector::new(), option).await.unwrap();
    let peer = Peer::accept(&listener).await;
    task.opened().await.unwrap();
    (task, peer)
}

/// Answers pings for so long; how many there were.
async fn answer(peer: &mut Peer, how_long: Duration) -> usize {
    let until = Instant::now() + how_long;
    let mut pings = 0;
    while let Ok(frame) = tokio::time::timeout_at(until, peer.frame()).await {
        let (first, payload) = frame.expect("the task has not ended");
        assert_eq!(first, PING);
        peer.send(PONG, &payload).await;
        pings += 1;
    }
    pings
}

#[tokio::test]
async fn a_server_that_does_not_answer_is_given_up_in_time() {
    let (task, mut peer) = open(|option| option.keep_alive(ms(200), ms(300))).await;
    let opened = Instant::now();
    let errors = Arc::new(std::sync::Mutex::new(Vec::new()));
    let told = Arc::clone(&errors);
    task.on_error(move |event| told.lock().unwrap().push(event.error));
    let (first, _) = within(peer.frame()).await.expect("a frame");
    assert_eq!(first, PING);
    assert!(opened.elapsed() >= ms(180), "{:?}", opened.elapsed());
    let end = within(task.closed()).await;
    assert!(opened.elapsed() < ms(1500), "{:?}", opened.elapsed());
    assert_eq!(
        (end.code, end.cause, end.was_clean),
        (1006, CloseCause::Timeout, false)
    );
    let error = errors.lock().unwrap().pop().expect("an error");
    assert_eq!(
        (error.kind(), error.retry()),
        (ErrorKind::Timeout, RetryAdvice::Later)
    );
    for part in ["127.0.0.1:", "200ms", "300ms", "connect again"] {
        assert!(error.reason().contains(part), "{part}: {error}");
    }
    assert_eq!(peer.frame().await, None, "it is not asked to close");
}

#[tokio::test]
async fn a_server_that_answers_stays_and_the_round_trip_is_told() {
    let (task, mut peer) = open(|option| option.keep_alive(ms(100), ms(2000))).await;
    assert_eq!(task.round_trip_time(), None);
    let pings = answer(&mut peer, ms(1000)).await;
    assert!((5..=11).contains(&pings), "{pings}");
    assert_eq!(task.ready_state(), ReadyState::Open);
    let took = task.round_trip_time().expect("a round trip");
    assert!(took < ms(1000), "{took:?}");
}

#[tokio::test]
async fn who_sends_is_not_asked() {
    let (task, mut peer) = open(|option| option.keep_alive(ms(300), ms(300))).await;
    task.ignore_messages();
    for _ in 0..20 {
        peer.send(TEXT, b"x").await;
        sleep(ms(50)).await;
    }
    let frame = timeout(ms(1), peer.frame()).await;
    assert!(frame.is_err(), "{frame:?}");
    assert_eq!(task.ready_state(), ReadyState::Open);
}

#[tokio::test]
async fn another_pong_is_life_and_no_round_trip() {
    let (task, mut peer) = open(|option| option.keep_alive(ms(100), ms(500))).await;
    for _ in 0..5 {
        let (first, _) = within(peer.frame()).await.expect("a frame");
        assert_eq!(first, PING);
        peer.send(PONG, b"another").await;
    }
    assert_eq!(
        (task.ready_state(), task.round_trip_time()),
        (ReadyState::Open, None)
    );
}

#[tokio::test]
async fn nothing_is_asked_where_that_is_not_wanted() {
    let (task, mut peer) = open(ConnectSocketOption::without_keep_alive).await;
    let frame = timeout(ms(300), peer.frame()).await;
    assert!(frame.is_err(), "{frame:?}");
    drop(task);
}

#[tokio::test]
async fn the_connectors_default_holds_where_the_option_says_nothing() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let connector = NativeConnector::builder()
        .keep_alive(ms(50), ms(5000))
        .build()
        .unwrap();
    let option = ConnectSocketOption::new(url(&listener));
    let task = connect_with(&connector, option).await.unwrap();
    let mut peer = Peer::accept(&listener).await;
    assert_eq!(within(peer.frame()).await.expect("a frame").0, PING);
    drop(task);
}

#[tokio::test(start_paused = true)]
async fn by_default_a_silent_server_is_asked_after_20_seconds() {
    let (task, mut peer) = open(|option| option).await;
    let opened = Instant::now();
    assert_eq!(peer.frame().await.expect("a frame").0, PING);
    let asked = opened.elapsed();
    assert!((ms(18_000)..ms(21_000)).contains(&asked), "{asked:?}");
    let end = task.closed().await;
    assert_eq!(end.cause, CloseCause::Timeout);
    let ended = opened.elapsed();
    assert!((ms(38_000)..ms(41_000)).contains(&ended), "{ended:?}");
}

#[tokio::test]
async fn a_server_that_takes_what_is_sent_is_alive() {
    let (task, mut peer) = open(|option| option.keep_alive(ms(50), ms(1000))).await;
    // Queued by the call itself; it resolves when nearly all has left.
    let sent = task.send(Message::from(vec![0; 32 << 20]));
    let mut room = vec![0; 256 << 10];
    let mut left = 32 << 20;
    let begun = Instant::now();
    while left > 0 {
        let read = peer.0.read(&mut room).await.expect("no end");
        assert!(
            read > 0,
            "ended after {:?} with {left} left",
            begun.elapsed()
        );
        left -= read.min(left);
        sleep(ms(20)).await;
    }
    assert!(
        begun.elapsed() > ms(1500),
        "too fast to show anything: {:?}",
        begun.elapsed()
    );
    within(sent).await.expect("sent");
    assert_eq!(task.ready_state(), ReadyState::Open);
}

#[tokio::test]
async fn nobody_is_judged_while_a_consumer_is_behind() {
    let bound = Limits::default().max_buffered_messages(1);
    let (task, mut peer) = open(|option| option.keep_alive(ms(50), ms(50)).limits(bound)).await;
    let mut events = task.events();
    for _ in 0..20 {
        peer.send(TEXT, b"x").await;
    }
    sleep(ms(500)).await;
    assert_eq!(task.ready_state(), ReadyState::Open);
    // The pings of the time before it was behind are answered first.
    tokio::spawn(async move { while answer(&mut peer, ms(5000)).await > 0 {} });
    let mut seen = 0;
    while seen < 20 {
        match within(events.next()).await.expect("an event") {
            taro_socket_api::SocketEvent::Message(_) => seen += 1,
            taro_socket_api::SocketEvent::Open(_) => {}
            other => panic!("{other:?}"),
        }
    }
}

#[tokio::test]
async fn a_deadline_without_end_never_passes() {
    let (task, mut peer) = open(|option| option.keep_alive(ms(50), Duration::MAX)).await;
    assert_eq!(within(peer.frame()).await.expect("a frame").0, PING);
    sleep(ms(300)).await;
    assert_eq!(task.ready_state(), ReadyState::Open);
    let (silent, mut peer) = open(|option| option.keep_alive(Duration::MAX, Duration::MAX)).await;
    let frame = timeout(ms(200), peer.frame()).await;
    assert!(frame.is_err(), "{frame:?}");
    assert_eq!(silent.ready_state(), ReadyState::Open);
}

#[tokio::test]
async fn an_end_that_was_asked_for_is_no_failure() {
    let bound = Limits::default().close_timeout(ms(300));
    let set = |option: ConnectSocketOption| option.keep_alive(ms(50), ms(100)).limits(bound);
    let (task, peer) = open(set).await;
    let errors = Arc::new(std::sync::Mutex::new(Vec::new()));
    let told = Arc::clone(&errors);
    task.on_error(move |event| told.lock().unwrap().push(event.error));
    // More than the system takes from a peer that does not read, so that the Close frame waits behind it.
    drop(task.send(Message::from(vec![0; 32 << 20])));
    drop(task.close(taro_socket_api::CloseFrame::default()));
    let end = within(task.closed()).await;
    assert_eq!((end.code, end.cause), (1006, CloseCause::Timeout));
    let errors = errors.lock().unwrap();
    assert!(errors.is_empty(), "{errors:?}");
    drop(peer);
}

#[tokio::test]
async fn a_round_trip_begins_when_the_ping_leaves() {
    let (task, mut peer) = open(|option| option.keep_alive(ms(50), ms(5000))).await;
    let sent = task.send(Message::from(vec![0; 32 << 20]));
    // The Ping waits behind the message.
    sleep(ms(600)).await;
    let (first, _) = within(peer.frame()).await.expect("a frame");
    assert_eq!(first, 0x82);
    let (first, payload) = within(peer.frame()).await.expect("a frame");
    assert_eq!(first, PING);
    peer.send(PONG, &payload).await;
    within(sent).await.expect("sent");
    let told = async {
        while task.round_trip_time().is_none() {
            sleep(ms(5)).await;
        }
    };
    within(told).await;
    let took = task.round_trip_time().expect("a round trip");
    assert!(took < ms(500), "{took:?}");
}
