//! What the suite's cases do not ask: binary messages as base64, what the app is told of itself, and that nothing is left behind.

use std::{cell::Cell, rc::Rc};

use js_sys::WebAssembly;
use taro_socket::{
    CloseCause, CloseFrame, Platform, SocketConnector, alipay, current_platform, swan, weapp,
};
use taro_socket_conformance::{App as _, Failure};
use taro_socket_host_js::{Config, Http, Soak, echo, echo_url, post};
use taro_socket_js::number_of;
use wasm_bindgen::JsCast;

use crate::{base64, control::Control, nothing_left};

const MESSAGES: usize = 10_000;

/// Posts `ok`, or what is wrong, as the run's result.
pub(crate) async fn run(
    config: &Config,
    http: &Http,
    control: &Control,
    connector: &dyn SocketConnector,
) -> Result<(), Failure> {
    let base = match current_platform() {
        Platform::Swan => &config.secure,
        _ => &config.plain,
    };
    let soak = Soak {
        connector,
        url: &echo_url(base),
        cycles: config.soak,
        messages: MESSAGES,
    };
    let checks = async {
        base64::run(config, http).await?;
        nothing_left().await?;
        background(&soak, control).await?;
        nothing_left().await?;
        nothing_stays(&soak, control).await
    };
    post(config, http, checks.await).await
}

/// The host ends the socket of an app in the background; the app is told of both, and connects again.
async fn background(soak: &Soak<'_>, control: &Control) -> Result<(), Failure> {
    let shown = Rc::new(Cell::new(0));
    let (show, hide) = (Rc::clone(&shown), Rc::clone(&shown));
    let listeners = match current_platform() {
        Platform::Weapp => (
            weapp::on_app_show(move || show.set(show.get() + 1))?,
            weapp::on_app_hide(move || hide.set(hide.get() + 10))?,
        ),
        Platform::Alipay => (
            alipay::on_app_show(move || show.set(show.get() + 1))?,
            alipay::on_app_hide(move || hide.set(hide.get() + 10))?,
        ),
        _ => (
            swan::on_app_show(move || show.set(show.get() + 1))?,
            swan::on_app_hide(move || hide.set(hide.get() + 10))?,
        ),
    };
    let task = soak.open().await?;
    control.hide()?;
    control.end_sockets()?;
    let close = task.closed().await;
    if close.cause != CloseCause::Background {
        return Err(Failure::new(format!(
            "the close in the background: {close:?}"
        )));
    }
    control.show()?;
    if shown.get() != 11 {
        return Err(Failure::new(format!("signals told: {}", shown.get())));
    }
    drop(listeners);
    let task = soak.open().await?;
    echo(&task, "back again").await?;
    task.close(CloseFrame::default()).await?;
    task.closed().await;
    Ok(())
}

/// What lives: the host's sockets, listeners and timers, and bytes of the module's memory.
fn counts(control: &Control) -> Result<[i64; 4], Failure> {
    let counts = control.live_counts()?;
    let memory: WebAssembly::Memory = wasm_bindgen::memory().unchecked_into();
    let bytes = number_of(&memory.buffer(), "byteLength").unwrap_or_default();
    let of = |name| number_of(&counts, name).unwrap_or(-1);
    Ok([of("sockets"), of("listeners"), of("appListeners"), bytes])
}

/// Many connections, and many messages over one, leave what was there before.
async fn nothing_stays(soak: &Soak<'_>, control: &Control) -> Result<String, Failure> {
    let counts = async || {
        nothing_left().await?;
        counts(control)
    };
    let left = soak.run(counts).await?;
    Ok(format!(
        "{} cycles and {MESSAGES} messages; sockets, listeners, app listeners, bytes: {left:?}",
        soak.cycles
    ))
}
