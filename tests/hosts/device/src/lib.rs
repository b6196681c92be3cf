//! The conformance suite on a device.
//!
//! [`make`] writes a project for a vendor's tool or an app, [`Session`] is the test server that its program works with, and
//! [`record`] files what a device has posted. What is no device is never filed: the program says what it runs on,
//! and the handshakes of simulated hosts say so too.

mod address;
mod peers;
mod platform;
mod project;
mod record;
mod session;

pub use address::Address;
pub use platform::{DevicePlatform, device_platform, device_platforms};
pub use project::make;
pub use record::{Recorded, record};
pub use session::{Plan, Session};
