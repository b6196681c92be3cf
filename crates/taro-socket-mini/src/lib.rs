//! What the taro-socket adapters of mini-programs share.
//!
//! For adapter authors. WeChat, Alipay and Baidu have the same shape: `connectSocket` of a vendor's object
//! gives a `SocketTask` with `onOpen`, `onMessage`, `onError`, `onClose`, `send` and `close`. What goes
//! through these differs, and that is a [`Dialect`]. The connection over it is written once, here.
//!
//! - [`mini_connector!`] makes a connector of a dialect; [`connect`] makes a task.
//! - [`vendor!`] binds the vendor's object.
//! - [`Slots`] counts the sockets of a host, of which few may exist at once: its [`Allowance`].
//! - [`Signal`] tells when the app leaves the screen and comes back.
// Elsewhere the crate is empty: the host's objects are of one thread, which tasks elsewhere must not be.
#![cfg(all(target_family = "wasm", target_os = "unknown"))]

mod base64;
mod connector;
mod dial;
mod dialect;
mod end;
mod error;
mod header;
mod held;
mod host;
mod inner;
mod linger;
mod own_close;
mod quiet;
mod sends;
mod signal;
mod slots;
mod vendor;
mod what;

pub use base64::{decode, encode};
pub use connector::connect;
pub use dialect::Dialect;
pub use end::{cut, end_of, is_peers};
pub use error::{Known, from_host};
pub use header::header_of;
pub use inner::inner;
pub use signal::{AppListener, Signal, on_signal};
pub use slots::{Allowance, Slot, Slots};
pub use vendor::{HostFunction, Vendor};
