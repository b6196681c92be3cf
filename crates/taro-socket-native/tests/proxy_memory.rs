//! What a hostile proxy makes the client hold, by the allocator's count: less than 1 MiB.
#![allow(missing_docs, reason = "a test program")]

#[path = "common/counting.rs"]
#[allow(dead_code, reason = "another test uses the rest")]
mod counting;
#[path = "open/server.rs"]
#[allow(dead_code, reason = "other tests use the rest")]
mod server;

use std::sync::atomic::Ordering::SeqCst;

use counting::{LIVE, PEAK};
use taro_socket_api::{ConnectSocketOption, ErrorKind};
use taro_socket_native::{NativeConnector, Proxy};
use tokio::io::AsyncWriteExt as _;

use crate::server::{dial_by, hold, listen};

const MIB: isize = 1 << 20;

/// The most that was allocated while a connection failed on a proxy that says this, and then the same again and again, up
/// to 64 MiB.
async fn peak(scheme: &str, first: &'static [u8], then: &'static [u8]) -> isize {
    let at = listen(move |_, mut tcp| async move {
        let mut open = tcp.write_all(first).await.is_ok();
        for _ in 0..(64 << 20) / then.len() {
            open = open && tcp.write_all(then).await.is_ok();
        }
        hold(tcp).await;
    })
    .await;
    let proxy = Proxy::new(format!("{scheme}://{at}")).expect("a proxy");
    let connector = NativeConnector::builder().proxy(proxy).build();
    let connector = connector.expect("in order");
    let before = LIVE.load(SeqCst);
    PEAK.store(before, SeqCst);
    let option = ConnectSocketOption::new("ws://server.invalid/");
    let task = dial_by(&connector, option).await;
    let error = task.opened().await.expect_err("hostile");
    assert!(
        matches!(error.kind(), ErrorKind::Proxy | ErrorKind::Handshake),
        "{error}"
    );
    PEAK.load(SeqCst) - before
}

/// One test: the allocator counts for the whole process.
#[tokio::test]
async fn a_hostile_proxy_takes_little_memory() {
    const FILL: &[u8] = &[b'a'; 4096];
    let table: [(&str, &str, &[u8], &[u8]); 8] = [
        ("one field", "http", b"HTTP/1.1 200 OK\r\nA: ", FILL),
        ("fields", "http", b"HTTP/1.1 200 OK\r\n", b"A:b\r\n"),
        ("a phrase", "http", b"HTTP/1.1 200 ", FILL),
        ("interim answers", "http", b"", b"HTTP/1.1 100 X\r\n\r\n"),
        (
            "challenges",
            "http",
            b"HTTP/1.1 407 X\r\n",
            b"Proxy-Authenticate: Basic realm=a\r\n",
        ),
        (
            "bytes behind the success",
            "http",
            b"HTTP/1.1 200 OK\r\n\r\nHTTP/1.1 200 X\r\nA: ",
            FILL,
        ),
        ("replies", "socks5h", b"\x05\0", b"\x05\x05\0\x01"),
        ("a domain", "socks5h", b"\x05\0\x05\0\0\x03\xff", FILL),
    ];
    for (what, scheme, first, then) in table {
        let peak = peak(scheme, first, then).await;
        assert!(peak < MIB, "{what}: {peak} bytes");
    }
}
