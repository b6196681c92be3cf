//! The command line.

use std::net::SocketAddr;

use clap::{Args, Parser, Subcommand};

use crate::{clients::ClientKind, workloads::WorkloadKind};

/// Measures the native adapter of taro-socket beside other clients, interleaved in one run on loopback.
#[derive(Debug, Parser)]
#[command(name = "taro-socket-bench")]
pub(crate) struct Cli {
    /// Fewer messages and connections per cell, for a check that everything works.
    #[arg(long)]
    pub(crate) quick: bool,

    /// How often every cell is measured.
    #[arg(long, default_value_t = 5, value_parser = clap::value_parser!(u32).range(1..=100))]
    pub(crate) repetitions: u32,

    /// Only these workloads, comma separated.
    #[arg(long = "workload", value_delimiter = ',')]
    pub(crate) workloads: Vec<WorkloadKind>,

    /// Only these clients, comma separated; the reference of a workload is measured in any case.
    #[arg(long = "client", value_delimiter = ',')]
    pub(crate) clients: Vec<ClientKind>,

    /// Write docs/BENCHMARKS.md and docs/benchmarks.svg at the root of the repository.
    #[arg(long)]
    pub(crate) write_docs: bool,

    /// What this process is; the parent when absent.
    #[command(subcommand)]
    pub(crate) role: Option<Role>,
}

/// The processes that the parent starts.
#[derive(Debug, Subcommand)]
pub(crate) enum Role {
    /// The peer.
    #[command(hide = true)]
    Server,
    /// One measurement.
    #[command(hide = true)]
    Client(ClientArguments),
    /// Keeps a core from halting.
    #[command(hide = true)]
    Spin {
        /// The core to stay on.
        #[arg(long)]
        core: usize,
    },
}

/// What one client process measures.
#[derive(Debug, Args)]
pub(crate) struct ClientArguments {
    #[arg(long)]
    pub(crate) workload: WorkloadKind,
    #[arg(long)]
    pub(crate) client: ClientKind,
    /// Where the peer speaks WebSocket.
    #[arg(long)]
    pub(crate) websocket: SocketAddr,
    /// Where the peer echoes bytes without framing.
    #[arg(long)]
    pub(crate) tcp: SocketAddr,
    #[arg(long)]
    pub(crate) quick: bool,
}
