//! `demo`: the demo page, built and served until Ctrl-C.

use std::net::IpAddr;

use anyhow::Result;

use crate::programs;

const PACKAGE: &str = "taro-socket-demo-host";

/// The demo page: builds it, serves it beside the test server, prints its address.
#[derive(clap::Args, Debug)]
pub struct Args {
    /// Port of the page; a free one by default.
    #[arg(long)]
    port: Option<u16>,
    /// Address to listen on; `0.0.0.0` lets others in, a phone for instance. Loopback by default.
    #[arg(long)]
    ip: Option<IpAddr>,
}

pub fn run(args: &Args) -> Result<()> {
    let mut program = programs::quick(PACKAGE)?;
    if let Some(port) = args.port {
        program = program.arg("--port").arg(port.to_string());
    }
    if let Some(ip) = args.ip {
        program = program.arg("--ip").arg(ip.to_string());
    }
    program.run()
}
