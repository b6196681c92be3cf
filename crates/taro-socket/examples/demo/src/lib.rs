//! A page that shows one connection: its state, its traffic, its latency, its end.
//!
//! `cargo xtask demo` builds and serves it. The page is `index.html`; what it does is here, over the public API
//! of taro-socket alone.
#![cfg(all(target_family = "wasm", target_os = "unknown"))]

mod app;
mod buttons;
mod connecting;
mod connection;
mod echo;
mod faults;
mod flood;
mod latency;
mod listeners;
mod log;
mod page;
mod plot;
mod sending;
mod words;

use std::cell::RefCell;

use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::listeners::Listeners;

thread_local! {
    /// What the page calls, for as long as the page lives.
    static LISTENERS: RefCell<Option<Listeners>> = const { RefCell::new(None) };
}

/// Brings the page to life.
///
/// # Errors
///
/// When the page lacks an element.
#[wasm_bindgen(start)]
pub fn start() -> Result<(), JsValue> {
    let listeners = buttons::start()?;
    LISTENERS.with(|held| held.replace(Some(listeners)));
    Ok(())
}
