//! The measured clients. One file per client.

mod fastwebsockets;
mod pull;
mod taro_socket;
mod tcp;
mod tokio_websockets;
mod tungstenite;
mod upgrade;
mod yawc;

use std::{net::SocketAddr, time::Duration};

use clap::ValueEnum;
use futures::{StreamExt as _, TryStreamExt as _, stream};
use serde::{Deserialize, Serialize};
use tokio::{net::TcpStream, time::timeout};

use crate::{
    Result,
    cell::Measurement,
    cli::ClientArguments,
    exchange::{Exchange, Payload},
    system,
};

/// A measurement that takes longer has failed.
const LONGEST: Duration = Duration::from_secs(300);

/// The measured clients, in the order of the report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum, Serialize, Deserialize)]
pub(crate) enum ClientKind {
    /// TCP without framing.
    Tcp,
    /// tokio-tungstenite, `feed` and one `flush`.
    Tungstenite,
    /// tokio-tungstenite, one flush per message.
    TungsteniteFlush,
    /// fastwebsockets over a buffered writer.
    Fastwebsockets,
    /// tokio-websockets.
    TokioWebsockets,
    /// yawc.
    Yawc,
    /// taro-socket, messages by callback.
    TaroSocketCallbacks,
    /// taro-socket, messages by stream.
    TaroSocketStream,
}

impl ClientKind {
    /// Name in tables and plots.
    pub(crate) const fn title(self) -> &'static str {
        match self {
            Self::Tcp => "TCP, no framing",
            Self::Tungstenite => "tokio-tungstenite, batched",
            Self::TungsteniteFlush => "tokio-tungstenite, flush per send",
            Self::Fastwebsockets => "fastwebsockets",
            Self::TokioWebsockets => "tokio-websockets",
            Self::Yawc => "yawc",
            Self::TaroSocketCallbacks => "taro-socket callbacks",
            Self::TaroSocketStream => "taro-socket stream",
        }
    }

    /// Whether this is a row of the native adapter.
    pub(crate) const fn is_ours(self) -> bool {
        matches!(self, Self::TaroSocketCallbacks | Self::TaroSocketStream)
    }
}

/// Where a client connects to, and what it sends there.
#[derive(Clone, Debug)]
pub(crate) struct Target {
    websocket: SocketAddr,
    tcp: SocketAddr,
    /// Selects the mode of the peer.
    path: String,
    pub(crate) payload: Payload,
    pub(crate) quick: bool,
    /// Whether the client writes to the socket for every message.
    pub(crate) flushes_each: bool,
}

impl Target {
    /// The same with another mode of the peer.
    pub(crate) fn with_path(&self, path: String) -> Self {
        Self {
            path,
            ..self.clone()
        }
    }

    /// The URL of the peer's mode.
    fn url(&self) -> String {
        format!("ws://{}{}", self.websocket, self.path)
    }

    /// A TCP connection to the WebSocket port.
    async fn stream(&self) -> Result<TcpStream> {
        let stream = TcpStream::connect(self.websocket).await?;
        stream.set_nodelay(true)?;
        Ok(stream)
    }
}

/// A client of any kind: connects, and has a conversation.
pub(crate) trait Client: Sized + 'static {
    async fn connect(target: &Target) -> Result<Self>;

    /// Plays `exchange` to its end and gives it back.
    async fn exchange<E: Exchange>(&mut self, exchange: E) -> Result<E>;
}

/// `count` connections, at most 32 of them in their handshake at a time.
pub(crate) async fn connect_many<C: Client>(target: &Target, count: usize) -> Result<Vec<C>> {
    stream::iter(0..count)
        .map(|_| C::connect(target))
        .buffer_unordered(32)
        .try_collect()
        .await
}

/// One measurement, printed as a line of JSON.
pub(crate) fn run(arguments: &ClientArguments) -> Result<()> {
    system::pin(system::CLIENT_CORE);
    system::raise_open_files();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    let tasks = tokio::task::LocalSet::new();
    let measurement = runtime
        .block_on(tasks.run_until(async { timeout(LONGEST, measure(arguments)).await }))??;
    crate::output::line(&serde_json::to_string(&measurement)?)?;
    // Thousands of connections are not taken down one by one.
    std::process::exit(0)
}

async fn measure(arguments: &ClientArguments) -> Result<Measurement> {
    let (workload, client) = (arguments.workload, arguments.client);
    let target = Target {
        websocket: arguments.websocket,
        tcp: arguments.tcp,
        path: "/echo".to_owned(),
        payload: workload.payload(),
        quick: arguments.quick,
        flushes_each: client == ClientKind::TungsteniteFlush,
    };
    match client {
        ClientKind::Tcp => workload.measure::<tcp::Tcp>(&target).await,
        ClientKind::Tungstenite => workload.measure::<tungstenite::Batched>(&target).await,
        ClientKind::TungsteniteFlush => workload.measure::<tungstenite::FlushEach>(&target).await,
        ClientKind::Fastwebsockets => workload.measure::<fastwebsockets::Client>(&target).await,
        ClientKind::TokioWebsockets => workload.measure::<tokio_websockets::Client>(&target).await,
        ClientKind::Yawc => workload.measure::<yawc::Client>(&target).await,
        ClientKind::TaroSocketCallbacks => {
            workload.measure::<taro_socket::Callbacks>(&target).await
        }
        ClientKind::TaroSocketStream => workload.measure::<taro_socket::Stream>(&target).await,
    }
}
