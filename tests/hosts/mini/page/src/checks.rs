//! What the suite's cases do not ask: binary messages as base64, few sockets, the background, and that nothing is left behind.

use std::{cell::Cell, rc::Rc};

use js_sys::{Promise, WebAssembly};
use taro_socket::{
    CloseCause, CloseFrame, ConnectSocketOption, ErrorKind, Platform, SocketConnector, alipay,
    connect_socket, current_platform, swan, weapp,
};
use taro_socket_conformance::Failure;
use taro_socket_host_js::{Config, Http, Soak, echo, echo_url, post};
use taro_socket_js::number_of;
use wasm_bindgen::{JsCast, JsValue, prelude::wasm_bindgen};
use wasm_bindgen_futures::JsFuture;

use crate::{base64, nothing_left};

const SOCKETS: usize = 5;
const MESSAGES: usize = 10_000;

#[wasm_bindgen]
extern "C" {
    /// What a simulated host gives besides; devices have none of it.
    pub(crate) type Control;

    /// The app leaves the screen; resolves once its sockets are ended.
    #[wasm_bindgen(method, catch)]
    fn hide(this: &Control) -> Result<Promise, JsValue>;

    #[wasm_bindgen(method, catch)]
    fn show(this: &Control) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(method, catch, js_name = liveCounts)]
    fn live_counts(this: &Control) -> Result<JsValue, JsValue>;
}

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
        one_too_many(&soak).await?;
        nothing_left().await?;
        background(&soak, control).await?;
        nothing_left().await?;
        nothing_stays(&soak, control).await
    };
    post(config, http, checks.await).await
}

/// One socket more than the host allows is refused, the others go on, and a slot is free after an end.
async fn one_too_many(soak: &Soak<'_>) -> Result<(), Failure> {
    let mut tasks = Vec::new();
    for _ in 0..SOCKETS {
        tasks.push(soak.open().await?);
    }
    match connect_socket(ConnectSocketOption::new(soak.url)).await {
        Err(error) if error.kind() == ErrorKind::LimitExceeded => {}
        Err(error) => return Err(Failure::new(format!("one too many: {error}"))),
        Ok(_) => return Err(Failure::new("one socket more than allowed was made")),
    }
    for task in &tasks {
        echo(task, "still here").await?;
    }
    if let Some(task) = tasks.pop() {
        task.close(CloseFrame::default()).await?;
        task.closed().await;
    }
    tasks.push(soak.open().await?);
    for task in &tasks {
        task.close(CloseFrame::default()).await?;
        task.closed().await;
    }
    Ok(())
}

/// The host ends the socket of an app in the background; the app is told of both, and connects again.
async fn background(soak: &Soak<'_>, control: &Control) -> Result<(), Failure> {
    let thrown = |value: JsValue| Failure::new(taro_socket_js::describe(&value));
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
    JsFuture::from(control.hide().map_err(thrown)?)
        .await
        .map_err(thrown)?;
    let close = task.closed().await;
    if close.cause != CloseCause::Background {
        return Err(Failure::new(format!(
            "the close in the background: {close:?}"
        )));
    }
    control.show().map_err(thrown)?;
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
    let counts = control
        .live_counts()
        .map_err(|thrown| Failure::new(taro_socket_js::describe(&thrown)))?;
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
