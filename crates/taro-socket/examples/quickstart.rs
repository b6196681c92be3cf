//! A whole conversation, shown step by step. Needs nothing: it brings its own server.
//!
//! `cargo run --example quickstart` talks to the embedded test server on a free loopback port.
//! `cargo run --example quickstart -- wss://example.com` talks to that server, line by line from
//! standard input. Ctrl-C closes with code 1000.
#![allow(clippy::print_stdout, reason = "an example shows what happens")]

use std::{process::ExitCode, sync::Arc};

use clap::Parser;
use taro_socket::{Error, Result, prelude::*};
use taro_socket_test_server::{Behavior, TestServer};
use tokio::io::{AsyncBufReadExt, BufReader};

/// Shows the life of a task: state, open, messages both ways, close.
#[derive(Parser)]
struct Options {
    /// Talks to this server, line by line from standard input, instead of the embedded one.
    url: Option<String>,
}

#[tokio::main]
async fn main() -> ExitCode {
    let outcome = match Options::parse().url {
        Some(url) => talk(&url).await,
        None => tour().await,
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

/// The whole life of one task, against the embedded server.
async fn tour() -> Result<()> {
    let server = TestServer::start().await.map_err(|error| {
        Error::new(
            ErrorKind::HostUnavailable,
            format!("the embedded server did not start: {error}"),
        )
    })?;
    let url = server.ws_url(&Behavior::Echo, "quickstart");
    let option = ConnectSocketOption::new(url.as_str())
        .header("X-Example", "quickstart")
        .protocols(["chat", "superchat"]);
    println!("connect_socket  {url}");
    let task = connect_socket(option).await?;
    println!(
        "                task {}, state {}",
        task.socket_task_id(),
        task.ready_state()
    );

    let open = task.opened().await?;
    println!(
        "on_open         state {}, subprotocol {:?}",
        task.ready_state(),
        open.protocol.unwrap_or_default()
    );
    for (name, value) in open.header.iter() {
        println!("                {name}: {value}");
    }
    let mut events = task.events();
    for message in [
        Message::from("hello"),
        Message::from("你好，Taro 👋"),
        Message::from(vec![0xde, 0xad, 0xbe, 0xef]),
    ] {
        println!("send            {message:?}");
        task.send(message).await?;
    }
    task.flush().await?;
    println!("flush           the system has all three");
    let mut left = 3;
    while left > 0 {
        if let Some(SocketEvent::Message(event)) = events.next().await {
            println!("on_message      {:?}", event.data);
            left -= 1;
        }
    }
    println!("close           4000 \"done\"");
    task.close(CloseFrame::new(4000, "done")?).await?;
    report_end(&task).await;
    Ok(())
}

/// Sends lines and shows what comes, until the input or the connection ends.
async fn talk(url: &str) -> Result<()> {
    let task = connect_socket(ConnectSocketOption::new(url)).await?;
    let opened = tokio::select! {
        opened = task.opened() => opened,
        _ = tokio::signal::ctrl_c() => {
            task.close(CloseFrame::default()).await?;
            report_end(&task).await;
            return Ok(());
        }
    };
    opened?;
    println!("open: type a line to send it, Ctrl-D or Ctrl-C to close");
    task.on_message(|event| match event.data {
        Message::Text(text) => println!("< {text}"),
        Message::Binary(bytes) => println!("< {} bytes: {bytes:?}", bytes.len()),
    });
    task.on_error(|event| eprintln!("{}", event.err_msg()));
    let mut lines = BufReader::new(tokio::io::stdin()).lines();
    loop {
        tokio::select! {
            line = lines.next_line() => match line {
                Ok(Some(line)) => task.send(line).await?,
                _ => break,
            },
            _ = tokio::signal::ctrl_c() => break,
            _ = task.closed() => break,
        }
    }
    task.close(CloseFrame::default()).await?;
    report_end(&task).await;
    Ok(())
}

async fn report_end(task: &Arc<dyn SocketTask>) {
    let end = task.closed().await;
    println!(
        "on_close        code {}, reason {:?}, {}, cause {:?}",
        end.code,
        end.reason,
        if end.was_clean { "clean" } else { "not clean" },
        end.cause
    );
    println!("                state {}", task.ready_state());
}
