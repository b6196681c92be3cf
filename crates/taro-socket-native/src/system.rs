//! What differs between operating systems.

use std::io;

use tokio::net::TcpSocket;

/// Whether a connection can be bound to a network interface by its name.
pub(crate) const BINDS_TO_INTERFACE: bool = cfg!(any(target_os = "linux", target_os = "android"));

/// Binds to the interface of that name. Where that cannot be, it was refused before.
pub(crate) fn bind_to_interface(socket: &TcpSocket, name: &str) -> io::Result<()> {
    #[cfg(any(target_os = "linux", target_os = "android"))]
    return socket.bind_device(Some(name.as_bytes()));
    #[cfg(not(any(target_os = "linux", target_os = "android")))]
    {
        let _ = (socket, name);
        Err(io::ErrorKind::Unsupported.into())
    }
}
