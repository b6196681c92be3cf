//! What the suite's cases do not ask: binary messages as base64, few sockets, the background, and that nothing is left behind.

use std::{cell::Cell, rc::Rc, sync::Arc};

use js_sys::{Promise, WebAssembly};
use taro_socket::{
    CloseCause, CloseFrame, ConnectSocketOption, ErrorKind, Message, Platform, SocketEvent,
    SocketTask, alipay, connect_socket, current_platform, swan, weapp,
};
use taro_socket_conformance::{Behavior, Failure};
use taro_socket_host_js::{Config, Http};
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
pub(crate) async fn run(config: &Config, http: &Http, control: &Control) -> Result<(), Failure> {
    let base = match current_platform() {
        Platform::Swan => &config.secure,
        _ => &config.plain,
    };
    let url = format!("{base}{}", Behavior::Echo.target(""));
    let checks = async {
        base64::run(config, http).await?;
        nothing_left().await?;
        one_too_many(&url).await?;
        nothing_left().await?;
        background(&url, control).await?;
        nothing_left().await?;
        nothing_stays(config.soak, &url, control).await
    };
    let result = match checks.await {
        Ok(told) => format!("ok {told}\n"),
        Err(failure) => format!("{failure}\n"),
    };
    let target = format!("{}/control/results?run={}", config.control, config.run);
    http.post(&target, &result).await
}

async fn open(url: &str) -> Result<Arc<dyn SocketTask>, Failure> {
    let task = connect_socket(ConnectSocketOption::new(url)).await?;
    task.opened().await?;
    Ok(task)
}

/// Sends `text` and gets the same back.
async fn echo(task: &Arc<dyn SocketTask>, text: &str) -> Result<(), Failure> {
    let mut events = task.events();
    task.send(text).await?;
    while let Some(event) = events.next().await {
        if let SocketEvent::Message(event) = event {
            return match event.data == Message::from(text) {
                true => Ok(()),
                false => Err(Failure::new("another message came back")),
            };
        }
    }
    Err(Failure::new("the connection ended instead of an answer"))
}

/// One socket more than the host allows is refused, the others go on, and a slot is free after an end.
async fn one_too_many(url: &str) -> Result<(), Failure> {
    let mut tasks = Vec::new();
    for _ in 0..SOCKETS {
        tasks.push(open(url).await?);
    }
    match connect_socket(ConnectSocketOption::new(url)).await {
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
    tasks.push(open(url).await?);
    for task in &tasks {
        task.close(CloseFrame::default()).await?;
        task.closed().await;
    }
    Ok(())
}

/// The host ends the socket of an app in the background; the app is told of both, and connects again.
async fn background(url: &str, control: &Control) -> Result<(), Failure> {
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
    let task = open(url).await?;
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
    let task = open(url).await?;
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
async fn nothing_stays(cycles: usize, url: &str, control: &Control) -> Result<String, Failure> {
    for _ in 0..20 {
        cycle(url).await?;
    }
    messages(url).await?;
    nothing_left().await?;
    let before = counts(control)?;
    for _ in 0..cycles {
        cycle(url).await?;
    }
    messages(url).await?;
    nothing_left().await?;
    let after = counts(control)?;
    match before == after {
        true => Ok(format!(
            "{cycles} cycles and {MESSAGES} messages; sockets, listeners, app listeners, bytes: {after:?}"
        )),
        false => Err(Failure::new(format!("before {before:?}, after {after:?}"))),
    }
}

async fn cycle(url: &str) -> Result<(), Failure> {
    let task = open(url).await?;
    task.on_message(drop);
    echo(&task, "cycle").await?;
    task.close(CloseFrame::new(4000, "next")?).await?;
    task.closed().await;
    drop(task);
    nothing_left().await
}

async fn messages(url: &str) -> Result<(), Failure> {
    let task = open(url).await?;
    let mut events = task.events();
    let mut back = 0;
    for at in 0..MESSAGES {
        drop(task.send(format!("message {at}")));
    }
    while back < MESSAGES {
        match events.next().await {
            Some(SocketEvent::Message(_)) => back += 1,
            Some(SocketEvent::Open(_)) => {}
            other => return Err(Failure::new(format!("{back} came back, then {other:?}"))),
        }
    }
    task.close(CloseFrame::default()).await?;
    task.closed().await;
    Ok(())
}
