//! How a server is started.

use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;

/// How a server is started; the default is what [`TestServer::start`](crate::TestServer::start) does.
#[derive(Clone, Debug)]
#[allow(clippy::exhaustive_structs, reason = "users write it")]
pub struct Options {
    /// Address of the `ws` port. Both `wss` ports are free ones of the same address.
    pub addr: SocketAddr,
    /// Folder whose files answer a GET that no route takes.
    pub files: Option<PathBuf>,
    /// Names and addresses in the server's certificate, beside those of loopback.
    pub names: Vec<String>,
}

impl Default for Options {
    /// A free loopback port, no files, no further names.
    fn default() -> Self {
        Self {
            addr: SocketAddr::from((Ipv4Addr::LOCALHOST, 0)),
            files: None,
            names: Vec::new(),
        }
    }
}
