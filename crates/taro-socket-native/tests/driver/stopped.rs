//! A program that was stopped for longer than its deadline (a debugger, a paused container, a frozen app) goes on.

use std::{
    env,
    process::{Child, Command},
    time::Duration,
};

use taro_socket_api::{ConnectSocketOption, SocketEvent, connect_with};
use taro_socket_native::NativeConnector;
use tokio::{net::TcpListener, time::sleep};

use crate::server::{Peer, url, within};

const PING: u8 = 0x89;
const PONG: u8 = 0x8a;
const TEXT: u8 = 0x81;
/// Where the stopped program connects to.
const URL: &str = "TARO_SOCKET_TEST_STOPPED";

fn signal(child: &Child, name: &str) {
    let kill = Command::new("kill")
        .args([name, &child.id().to_string()])
        .status();
    assert!(kill.expect("the program kill").success());
}

/// Not a test by itself: what the test below stops.
#[tokio::test]
async fn the_program_that_is_stopped() {
    let Ok(url) = env::var(URL) else {
        return;
    };
    let keep_alive = (Duration::from_millis(100), Duration::from_millis(500));
    let option = ConnectSocketOption::new(url).keep_alive(keep_alive.0, keep_alive.1);
    let task = connect_with(&NativeConnector::new(), option)
        .await
        .expect("a task");
    let mut events = task.events();
    loop {
        match within(events.next()).await.expect("an event") {
            SocketEvent::Open(_) => {}
            SocketEvent::Message(_) => return,
            other => panic!("{other:?}"),
        }
    }
}

#[tokio::test]
async fn a_server_that_answered_meanwhile_is_not_given_up() {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let mut program = Command::new(env::current_exe().expect("this program"))
        .args(["stopped::the_program_that_is_stopped", "--exact"])
        .env(URL, url(&listener))
        .spawn()
        .expect("the program");
    let mut peer = within(Peer::accept(&listener)).await;
    let (first, payload) = within(peer.frame()).await.expect("a frame");
    assert_eq!(first, PING);
    signal(&program, "-STOP");
    peer.send(PONG, &payload).await;
    sleep(Duration::from_secs(1)).await;
    signal(&program, "-CONT");
    sleep(Duration::from_millis(200)).await;
    peer.send(TEXT, b"x").await;
    let ended = tokio::task::spawn_blocking(move || program.wait()).await;
    let status = ended.expect("no panic").expect("a status");
    assert!(status.success(), "{status}");
}
