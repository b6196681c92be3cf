//! Proxies: which connection goes through which, and how they are asked to open the way.

mod credentials;
mod environment;
mod no_proxy;
mod option;
mod scheme;
mod url;

pub use option::Proxy;
