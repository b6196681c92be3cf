//! The peer: echo, flood and sink over WebSocket, and an echo of bytes without framing.
//!
//! One thread, one read buffer for all connections, no allocation per message.
//! It is not a conforming server: it does what the workloads need, as fast as it can.

mod connection;
mod echo;
mod flood;
mod frames;
mod handshake;
mod sink;

use std::{io::Write as _, rc::Rc};

use serde::{Deserialize, Serialize};
use tokio::net::{TcpListener, TcpStream};

use self::connection::{ReadBuffer, serve};
use crate::{Result, system};

/// Where the peer listens; its first and only line on standard output.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub(crate) struct Ports {
    pub(crate) websocket: u16,
    pub(crate) tcp: u16,
}

/// Runs the peer until standard input ends.
pub(crate) fn run() -> Result<()> {
    system::pin(system::SERVER_CORE);
    system::raise_open_files();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_io()
        .build()?;
    let tasks = tokio::task::LocalSet::new();
    runtime.block_on(tasks.run_until(listen()))
}

async fn listen() -> Result<()> {
    let websocket = TcpListener::bind("127.0.0.1:0").await?;
    let tcp = TcpListener::bind("127.0.0.1:0").await?;
    let ports = Ports {
        websocket: websocket.local_addr()?.port(),
        tcp: tcp.local_addr()?.port(),
    };
    let mut output = std::io::stdout();
    writeln!(output, "{}", serde_json::to_string(&ports)?)?;
    output.flush()?;

    let buffer: ReadBuffer = connection::read_buffer();
    let raw = tokio::task::spawn_local(accept(tcp, buffer.clone(), Protocol::Raw));
    let framed = tokio::task::spawn_local(accept(websocket, buffer, Protocol::WebSocket));
    let parent = tokio::task::spawn_blocking(system::wait_for_end_of_input);
    tokio::select! {
        ended = raw => ended?,
        ended = framed => ended?,
        gone = parent => Ok(gone?),
    }
}

/// What a listener speaks.
#[derive(Clone, Copy, Debug)]
enum Protocol {
    WebSocket,
    Raw,
}

async fn accept(listener: TcpListener, buffer: ReadBuffer, protocol: Protocol) -> Result<()> {
    loop {
        let (stream, _) = listener.accept().await?;
        let buffer = Rc::clone(&buffer);
        tokio::task::spawn_local(async move {
            // A connection that breaks concerns its client process, which reports it.
            let _ = converse(stream, buffer, protocol).await;
        });
    }
}

async fn converse(stream: TcpStream, buffer: ReadBuffer, protocol: Protocol) -> Result<()> {
    stream.set_nodelay(true)?;
    if matches!(protocol, Protocol::Raw) {
        return serve(stream, buffer, echo::Raw).await;
    }
    let path = handshake::accept(&stream).await?;
    let mut parts = path.trim_start_matches('/').split('/');
    let mode = parts.next().unwrap_or_default();
    let count = parts.next().map_or(Ok(0), str::parse)?;
    match mode {
        "echo" => serve(stream, buffer, echo::WebSocket::default()).await,
        "flood" => serve(stream, buffer, flood::Flood::new(count)).await,
        "sink" => serve(stream, buffer, sink::Sink::new(count)).await,
        _ => Err(format!("no mode {mode}").into()),
    }
}
