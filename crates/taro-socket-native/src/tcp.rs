//! TCP sockets, and what a user can say about them.

use std::{
    io,
    net::{IpAddr, SocketAddr},
    time::Duration,
};

use socket2::{SockRef, TcpKeepalive};
use tokio::net::{TcpSocket, TcpStream};

use crate::system;

/// How sockets are made.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct TcpOptions {
    pub(crate) local_address: Option<IpAddr>,
    pub(crate) interface: Option<String>,
    pub(crate) keep_alive: Option<Duration>,
    pub(crate) send_buffer: Option<u32>,
    pub(crate) receive_buffer: Option<u32>,
}

impl TcpOptions {
    /// Whether a socket with these options can reach `address`.
    pub(crate) fn fits(&self, address: &SocketAddr) -> bool {
        self.local_address
            .is_none_or(|local| local.is_ipv4() == address.is_ipv4())
    }

    /// Connects a socket with these options.
    pub(crate) async fn connect(&self, address: SocketAddr) -> io::Result<TcpStream> {
        if *self == Self::default() {
            return TcpStream::connect(address).await;
        }
        let socket = match address {
            SocketAddr::V4(_) => TcpSocket::new_v4()?,
            SocketAddr::V6(_) => TcpSocket::new_v6()?,
        };
        self.set(&socket)?;
        socket.connect(address).await
    }

    fn set(&self, socket: &TcpSocket) -> io::Result<()> {
        if let Some(bytes) = self.send_buffer {
            socket.set_send_buffer_size(bytes)?;
        }
        if let Some(bytes) = self.receive_buffer {
            socket.set_recv_buffer_size(bytes)?;
        }
        if let Some(idle) = self.keep_alive {
            let probes = TcpKeepalive::new().with_time(idle).with_interval(idle);
            SockRef::from(socket).set_tcp_keepalive(&probes)?;
        }
        if let Some(name) = &self.interface {
            system::bind_to_interface(socket, name)?;
        }
        if let Some(local) = self.local_address {
            socket.bind(SocketAddr::new(local, 0))?;
        }
        Ok(())
    }
}
