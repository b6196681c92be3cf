//! taro-socket on native targets: tokio for IO, a frame codec of its own on the wire.
//!
//! Users depend on the crate `taro-socket` with its feature `native`, on by default. This crate is
//! for those who set by hand how connections are made:
//!
//! ```no_run
//! use taro_socket_api::{ConnectSocketOption, connect_with};
//! use taro_socket_native::{NativeConnector, TlsOptions};
//!
//! # async fn run() -> taro_socket_api::Result<()> {
//! let authority = std::fs::read("ca.pem").expect("the authority's certificate");
//! let tls = TlsOptions::new().add_root_certificate(authority);
//! let connector = NativeConnector::builder().tls(tls).build()?;
//! let task = connect_with(&connector, ConnectSocketOption::new("wss://localhost:9001")).await?;
//! # Ok(())
//! # }
//! ```
//!
//! No process-wide TLS provider is read or set. Which one is used is decided by the features
//! `tls-ring` and `tls-aws-lc`.
#![doc = include_str!("../platform.md")]

mod builder;
mod connector;
mod dial;
mod dialer;
mod driver;
mod engine;
mod error;
mod handshake;
mod http;
mod name;
#[cfg(not(feature = "__tls"))]
mod no_tls;
mod peer;
mod probe;
mod progress;
mod proxy;
mod queue;
mod redirect;
mod runtime;
mod session;
mod settings;
mod stream;
mod system;
mod task;
mod tcp;
#[cfg(feature = "__tls")]
mod tls;
mod transport;

pub use async_trait::async_trait;
pub use builder::NativeConnectorBuilder;
pub use connector::NativeConnector;
pub use dialer::{DialTarget, Dialer};
#[cfg(not(feature = "__tls"))]
use no_tls as tls;
pub use proxy::Proxy;
/// The version of rustls that [`TlsOptions::rustls_config`] takes.
#[cfg(feature = "tls-rustls-config")]
pub use rustls;
pub use stream::ByteStream;
#[cfg(all(feature = "__tls", feature = "tls-platform-verifier"))]
pub use tls::init_android;
#[cfg(feature = "__tls")]
pub use tls::{TlsOptions, TlsVersion};
