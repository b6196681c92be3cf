//! tokio-websockets with default options.

use futures::{SinkExt as _, StreamExt as _};
use tokio::net::TcpStream;
use tokio_websockets::{ClientBuilder, Message, WebSocketStream};

use super::{Target, pull::PullClient};
use crate::{Result, exchange::Payload};

pub(super) struct Client {
    socket: WebSocketStream<TcpStream>,
    message: Message,
}

impl PullClient for Client {
    async fn connect(target: &Target) -> Result<Self> {
        let builder = ClientBuilder::new().uri(&target.url())?;
        let (socket, _) = builder.connect_on(target.stream().await?).await?;
        let message = match &target.payload {
            Payload::Text(text) => Message::text(*text),
            Payload::Binary(bytes) => Message::binary(bytes.clone()),
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
        Ok(message.as_payload().len())
    }
}
