//! Proxies: which connection goes through which, and how they are asked to open the way.

mod builder;
mod challenge;
mod choice;
mod connect;
mod credentials;
mod environment;
mod no_proxy;
mod option;
mod prefixed;
mod scheme;
mod socks5;
mod tunnel;
mod url;
mod way;

pub(crate) use choice::{ProxyChoice, Route};
pub use option::Proxy;
pub(crate) use tunnel::open;
