//! A host that misbehaves on demand, for the tests of all adapters of JavaScript hosts.
//!
//! `fake.js` is the host: one socket with two faces, the class `WebSocket` and a vendor's object, and [`Mode`]s in which
//! it calls back within the very call, throws after it, calls twice, late, of another task, or gives promises that
//! reject. [`table!`] runs the same tests in each of them over one adapter, [`vendor_table!`] those of mini-programs; both need
//! `wasm_bindgen_test` in the crate that calls them.
// Elsewhere the crate is empty, as the adapters are.
#![cfg(all(target_family = "wasm", target_os = "unknown"))]

mod ends;
mod host;
mod support;
pub mod table;
pub mod vendor_ends;
pub mod vendor_names;
mod vendor_support;
pub mod vendor_table;
mod wait;

pub use host::{Face, Fake, Mode, Naming, Open, asked, dial, event, open};
pub use wait::sleep;
