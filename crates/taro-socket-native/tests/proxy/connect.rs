//! CONNECT with a proxy that misbehaves.

mod answers;
mod ends;
mod refusals;
mod requests;

use std::net::SocketAddr;

use taro_socket_api::{
    CloseCause, ConnectSocketOption, Error, ErrorKind, RetryAdvice, connect_now,
};
use taro_socket_native::{NativeConnector, Proxy};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
    sync::mpsc,
    time::{advance, resume},
};

use crate::{
    clock::stop_clock,
    server::{LONG, answering, dial_by, hold, listen, request, switching},
};

/// The name is resolved nowhere: whoever answers is the proxy.
const SERVER: &str = "server.invalid:80";

async fn outcome(proxy: Proxy, url: &str) -> Result<(), Error> {
    let connector = NativeConnector::builder().proxy(proxy).build()?;
    let opened = dial_by(&connector, ConnectSocketOption::new(url)).await;
    opened.opened().await.map(drop)
}

async fn through(at: SocketAddr) -> Result<(), Error> {
    let proxy = Proxy::new(format!("http://USER:SECRET@{at}"))?;
    outcome(proxy, "ws://server.invalid/").await
}

async fn refused(answer: impl Into<Vec<u8>>) -> Error {
    let answer = answer.into();
    let at = answering(move |_| answer.clone()).await;
    let error = through(at).await.expect_err("refused");
    for part in [&*at.to_string(), SERVER] {
        assert!(error.reason().contains(part), "{part}: {error}");
    }
    let all = format!("{error:?}");
    assert!(!all.contains("SECRET") && !all.contains("VVNFUj"), "{all}");
    error
}

/// Opens the way to itself: it is the server, too.
async fn open(mut tcp: TcpStream, answer: &[&[u8]]) {
    request(&mut tcp).await;
    for piece in answer {
        tcp.write_all(piece).await.expect("written");
        tokio::task::yield_now().await;
    }
    let upgrade = request(&mut tcp).await;
    assert!(
        !upgrade.to_ascii_lowercase().contains("proxy-"),
        "{upgrade}"
    );
    let answer = switching(&upgrade, "");
    tcp.write_all(answer.as_bytes()).await.expect("written");
    hold(tcp).await;
}
