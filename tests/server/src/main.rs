//! Runs the test server until Ctrl-C, for any client to be pointed at it.
#![allow(
    clippy::print_stdout,
    reason = "the addresses are what the program is run for"
)]

use std::io;
use std::net::SocketAddr;

use clap::Parser;
use taro_socket_test_server::{Options, ROUTES, TestServer, VERBS};

/// WebSocket test server: behaviours by path, and a control channel that tells what it saw.
#[derive(Debug, Parser)]
#[command(version)]
struct Arguments {
    /// Address of the ws port; port 0 takes a free one.
    #[arg(long, default_value = "127.0.0.1:0")]
    addr: SocketAddr,
    /// File to which the server's own authority certificate is written, as PEM.
    #[arg(long)]
    ca: Option<std::path::PathBuf>,
    /// Folder whose files are served, besides the routes.
    #[arg(long)]
    files: Option<std::path::PathBuf>,
    /// A name or address in the certificate, beside those of loopback; repeatable.
    #[arg(long = "name", value_name = "NAME")]
    names: Vec<String>,
}

#[tokio::main]
async fn main() -> io::Result<()> {
    let arguments = Arguments::parse();
    let options = Options {
        addr: arguments.addr,
        files: arguments.files,
        names: arguments.names,
    };
    let server = TestServer::start_with(options).await?;
    if let Some(path) = &arguments.ca {
        std::fs::write(path, server.ca_pem())?;
    }
    println!("ws://{}", server.addr());
    println!("wss://{}", server.tls_addr());
    println!("wss://{} (client certificate)", server.mutual_tls_addr());
    println!("routes: {}", ROUTES.join(" "));
    println!("control: {}", VERBS.join(" "));
    tokio::signal::ctrl_c().await
}
