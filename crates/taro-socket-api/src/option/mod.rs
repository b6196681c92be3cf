//! What callers ask for.

mod close;
mod connect;
mod demands;
mod header;
mod keep_alive;
mod limits;
mod protocols;
mod request;
mod send;
mod url;

pub use close::CloseOption;
pub use connect::{ConnectSocketOption, UnsupportedPolicy};
pub use header::Header;
pub use keep_alive::KeepAlive;
pub use limits::Limits;
pub use request::ConnectRequest;
pub use send::SendOption;
pub use url::{SocketUrl, UrlHost};
