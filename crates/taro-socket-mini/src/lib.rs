//! What the taro-socket adapters of mini-programs share.
//!
//! For adapter authors. WeChat, Alipay and Baidu have the same shape: `connectSocket` of a vendor's object
//! gives a `SocketTask` with `onOpen`, `onMessage`, `onError`, `onClose`, `send` and `close`. What goes
//! through these differs, and that is a [`Dialect`]. The connection over it is written once, here.
//!
//! - [`MiniTask::start`] makes a task of a request and a dialect.
//! - [`vendor!`] binds the vendor's object.
//! - [`Slots`] counts the sockets of a host, of which few may exist at once: its [`Allowance`].
//! - [`Signal`] tells when the app leaves the screen and comes back.
// Elsewhere the crate is empty: the host's objects are of one thread, which tasks elsewhere must not be.
#![cfg(all(target_family = "wasm", target_os = "unknown"))]

mod base64;
mod dialect;
mod driver;
mod error;
mod header;
mod sends;
mod signal;
mod slots;
mod task;
mod vendor;

pub use base64::{decode, encode};
pub use dialect::{Dialect, HostClose};
pub use error::{Known, from_host};
pub use header::header_of;
pub use signal::{AppListener, Signal, on_signal};
pub use slots::{Allowance, Slot, Slots};
pub use task::MiniTask;
pub use vendor::{HostFunction, Vendor};
