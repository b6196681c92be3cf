//! yawc with default options, without compression, with limits that let 1 MiB messages pass.

use futures::{SinkExt as _, StreamExt as _};
use tokio::net::TcpStream;
use yawc::{Frame, Options, WebSocket};

use super::{Target, pull::PullClient};
use crate::{Result, exchange::Payload};

pub(super) struct Client {
    socket: WebSocket<TcpStream>,
    payload: Payload,
}

impl PullClient for Client {
    async fn connect(target: &Target) -> Result<Self> {
        let options = Options::default()
            .without_compression()
            .with_utf8()
            .with_limits(64 << 20, 64 << 20);
        let socket =
            WebSocket::handshake(target.url().parse()?, target.stream().await?, options).await?;
        Ok(Self {
            socket,
            payload: target.payload.clone(),
        })
    }

    async fn feed(&mut self) -> Result<()> {
        let frame = match &self.payload {
            Payload::Text(text) => Frame::text(*text),
            Payload::Binary(bytes) => Frame::binary(bytes.clone()),
        };
        Ok(self.socket.feed(frame).await?)
    }

    async fn flush(&mut self) -> Result<()> {
        Ok(self.socket.flush().await?)
    }

    async fn receive(&mut self) -> Result<usize> {
        let frame = self.socket.next().await.ok_or("ended")?;
        Ok(frame.payload().len())
    }
}
