//! SOCKS5 with a proxy that misbehaves.

mod ends;
mod refusals;
mod requests;

use std::net::SocketAddr;

use taro_socket_api::{ConnectSocketOption, Error, ErrorKind, RetryAdvice, connect_now};
use taro_socket_native::{NativeConnector, Proxy};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
    sync::mpsc,
    time::{advance, resume},
};

use crate::{
    clock::stop_clock,
    server::{LONG, dial_by, hold, listen, request, switching},
};

/// A reply that opens the way: its address is nobody's business.
const OPENED: &[u8] = &[5, 0, 0, 1, 0, 0, 0, 0, 0, 0];

fn proxy(scheme: &str, at: SocketAddr) -> Proxy {
    Proxy::new(format!("{scheme}://{at}")).expect("a proxy")
}

async fn outcome(proxy: Proxy, url: &str) -> Result<(), Error> {
    let connector = NativeConnector::builder().proxy(proxy).build()?;
    let task = dial_by(&connector, ConnectSocketOption::new(url)).await;
    task.opened().await.map(drop)
}

/// Reads the greeting and, where method 2 is chosen, the credentials; then the request, which it gives back.
async fn asked(tcp: &mut TcpStream, method: u8) -> Option<Vec<u8>> {
    let mut greeting = [0; 2];
    tcp.read_exact(&mut greeting).await.ok()?;
    let mut methods = vec![0; greeting[1].into()];
    tcp.read_exact(&mut methods).await.ok()?;
    tcp.write_all(&[5, method]).await.ok()?;
    let mut asked = Vec::new();
    if method == 2 {
        asked.push(tcp.read_u8().await.ok()?);
        for _ in 0..2 {
            let length = tcp.read_u8().await.ok()?;
            let mut part = vec![0; length.into()];
            tcp.read_exact(&mut part).await.ok()?;
            asked.push(length);
            asked.extend(part);
        }
        tcp.write_all(&[1, 0]).await.ok()?;
    }
    let mut request = [0; 5];
    tcp.read_exact(&mut request).await.ok()?;
    let more = match request[3] {
        1 => 5,
        3 => usize::from(request[4]) + 2,
        _ => 17,
    };
    let mut rest = vec![0; more];
    tcp.read_exact(&mut rest).await.ok()?;
    asked.extend([&request[..], &rest].concat());
    Some(asked)
}

/// Opens the way to itself.
async fn serve(mut tcp: TcpStream, pieces: usize) {
    for piece in OPENED.chunks(pieces) {
        tcp.write_all(piece).await.expect("written");
        tokio::task::yield_now().await;
    }
    let upgrade = request(&mut tcp).await;
    tcp.write_all(switching(&upgrade, "").as_bytes())
        .await
        .expect("written");
    hold(tcp).await;
}
