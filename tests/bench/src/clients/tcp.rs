//! TCP without framing: what the kernel costs.

use bytes::Bytes;
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
};

use super::{Target, pull::PullClient};
use crate::{Result, exchange::Payload};

pub(super) struct Tcp {
    stream: TcpStream,
    payload: Bytes,
    read: Vec<u8>,
}

impl PullClient for Tcp {
    async fn connect(target: &Target) -> Result<Self> {
        let stream = TcpStream::connect(target.tcp).await?;
        stream.set_nodelay(true)?;
        let payload = match &target.payload {
            Payload::Text(text) => Bytes::from_static(text.as_bytes()),
            Payload::Binary(bytes) => bytes.clone(),
        };
        let read = vec![0; payload.len()];
        Ok(Self {
            stream,
            payload,
            read,
        })
    }

    async fn feed(&mut self) -> Result<()> {
        Ok(self.stream.write_all(&self.payload).await?)
    }

    async fn flush(&mut self) -> Result<()> {
        Ok(())
    }

    async fn receive(&mut self) -> Result<usize> {
        Ok(self.stream.read_exact(&mut self.read).await?)
    }
}
