//! tokio-tungstenite with default buffers: batched (the reference), and with a flush per message.

use futures::{SinkExt as _, StreamExt as _};
use tokio::net::TcpStream;
use tokio_tungstenite::{WebSocketStream, client_async, tungstenite::Message};

use super::{Target, pull::PullClient};
use crate::{Result, exchange::Payload};

/// `feed` per message, one `flush` per batch.
pub(super) struct Batched {
    socket: WebSocketStream<TcpStream>,
    message: Message,
}

impl PullClient for Batched {
    async fn connect(target: &Target) -> Result<Self> {
        let (socket, _) = client_async(target.url(), target.stream().await?).await?;
        let message = match &target.payload {
            Payload::Text(text) => Message::text(*text),
            Payload::Binary(bytes) => Message::Binary(bytes.clone()),
        };
        Ok(Self { socket, message })
    }

    async fn feed(&mut self) -> Result<()> {
        Ok(self.socket.feed(self.message.clone()).await?)
    }

    async fn flush(&mut self) -> Result<()> {
        Ok(self.socket.flush().await?)
    }

    async fn receive(&mut self) -> Result<usize> {
        let message = self.socket.next().await.ok_or("ended")??;
        Ok(message.len())
    }
}

/// `send` per message, as most examples do.
pub(super) struct FlushEach(Batched);

impl PullClient for FlushEach {
    async fn connect(target: &Target) -> Result<Self> {
        Ok(Self(<Batched as PullClient>::connect(target).await?))
    }

    async fn feed(&mut self) -> Result<()> {
        Ok(self.0.socket.send(self.0.message.clone()).await?)
    }

    async fn flush(&mut self) -> Result<()> {
        Ok(())
    }

    async fn receive(&mut self) -> Result<usize> {
        self.0.receive().await
    }
}
