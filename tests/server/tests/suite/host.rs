//! The server on a thread of its own, for callers without a runtime.

use std::io::{Read, Write};

use taro_socket_test_server::{Behavior, TestServer, Until};

use crate::client::STEP;

#[test]
fn any_executor_may_ask_and_dropping_ends_the_thread() {
    let server = TestServer::start_on_thread().expect("a server");
    let mut tcp = std::net::TcpStream::connect(server.addr()).expect("a port");
    let target = Behavior::Capture.target("a");
    let head = format!("GET {target} HTTP/1.1\r\nHost: a\r\n\r\n");
    tcp.write_all(head.as_bytes()).expect("a request");
    let seen = futures::executor::block_on(server.seen("a", Until::Requested, STEP));
    assert!(seen.reached);
    drop(server);
    let mut rest = String::new();
    // The server may have been ended before or after it wrote its refusal.
    let _ = tcp.read_to_string(&mut rest);
    assert!(rest.is_empty() || rest.starts_with("HTTP/1.1 400 "));
}

#[test]
fn urls_carry_the_scheme_and_the_port() {
    let server = TestServer::start_on_thread().expect("a server");
    let echo = &Behavior::Echo;
    let addr = server.addr();
    assert_eq!(
        server.ws_url(echo, "x y"),
        format!("ws://{addr}/echo?id=x%20y")
    );
    let addr = server.tls_addr();
    assert_eq!(server.wss_url(echo, "x"), format!("wss://{addr}/echo?id=x"));
    let addr = server.mutual_tls_addr();
    let url = format!("wss://{addr}/echo?id=x");
    assert_eq!(server.mutual_wss_url(echo, "x"), url);
    assert_eq!(server.control_url(), format!("http://{}", server.addr()));
}
