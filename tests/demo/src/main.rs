//! Builds the demo page and serves it until Ctrl-C.
#![allow(
    clippy::print_stdout,
    reason = "the address is what the program is run for"
)]

use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use anyhow::{Context as _, Result};
use clap::Parser;
use taro_socket_demo_host::{PAGE, make};
use taro_socket_test_server::{Options, TestServer};

#[derive(Debug, Parser)]
#[command(about)]
struct Cli {
    /// Port of the page; 0 takes a free one.
    #[arg(long, default_value_t = 0)]
    port: u16,
    /// Address to listen on. `0.0.0.0` lets others in, a phone for instance; the server is for tests, so mind the network.
    #[arg(long, default_value_t = Ipv4Addr::LOCALHOST.into())]
    ip: IpAddr,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<()> {
    let cli = Cli::parse();
    println!("building the page");
    let folder = make()?;
    let addr = SocketAddr::new(cli.ip, cli.port);
    let options = Options {
        addr,
        files: Some(folder.path().to_owned()),
        ..Options::default()
    };
    let server = TestServer::start_with(options).await;
    let server = server.with_context(|| format!("cannot listen on {addr}"))?;
    println!("The demo is at {}", server.page_url(PAGE));
    println!("Ctrl-C ends it.");
    tokio::signal::ctrl_c().await?;
    Ok(())
}
