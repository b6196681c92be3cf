//! fastwebsockets. It writes every frame at once, so it gets a buffered writer to batch with.

use fastwebsockets::{Frame, Payload as FramePayload, Role, WebSocket};
use tokio::{io::BufWriter, net::TcpStream};

use super::{Target, pull::PullClient, upgrade::upgraded};
use crate::{Result, exchange::Payload};

/// Size of the writer's buffer, in bytes.
const BUFFER: usize = 64 * 1024;

pub(super) struct Client {
    socket: WebSocket<BufWriter<TcpStream>>,
    payload: Payload,
}

impl PullClient for Client {
    async fn connect(target: &Target) -> Result<Self> {
        let stream = BufWriter::with_capacity(BUFFER, upgraded(target).await?);
        let socket = WebSocket::after_handshake(stream, Role::Client);
        Ok(Self {
            socket,
            payload: target.payload.clone(),
        })
    }

    async fn feed(&mut self) -> Result<()> {
        // Masked in place, so every frame needs its own copy.
        let payload = FramePayload::Owned(self.payload.as_bytes().to_vec());
        let frame = match self.payload {
            Payload::Text(_) => Frame::text(payload),
            Payload::Binary(_) => Frame::binary(payload),
        };
        Ok(self.socket.write_frame(frame).await?)
    }

    async fn flush(&mut self) -> Result<()> {
        Ok(self.socket.flush().await?)
    }

    async fn receive(&mut self) -> Result<usize> {
        Ok(self.socket.read_frame().await?.payload.len())
    }
}
