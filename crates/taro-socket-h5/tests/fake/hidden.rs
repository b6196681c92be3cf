//! Pages that are hidden, whose timers the browser holds back: here they never fire.

use std::{cell::Cell, rc::Rc};

use js_sys::Function;
use taro_socket_api::{Limits, SocketEvent};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::spawn_local;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::socket::open;

const HIDE: &str = "globalThis.keptTimers = globalThis.setTimeout;
globalThis.setTimeout = () => 0;
Object.defineProperty(document, 'hidden', { value: true, configurable: true });";

const SHOW: &str = "globalThis.setTimeout = globalThis.keptTimers; delete document.hidden;";

/// Runs a script; `false` where there is no page, but a worker, whose timers are not held back.
fn run(script: &str) -> bool {
    let page =
        Function::new_no_args("return typeof document !== 'undefined'").call0(&JsValue::NULL);
    let page = page.is_ok_and(|there| there.is_truthy());
    if page {
        let script = Function::new_no_args(script);
        script.call0(&JsValue::NULL).expect("a sound script");
    }
    page
}

#[wasm_bindgen_test]
async fn a_send_that_waits_is_told_without_a_timer() {
    let mut limits = Limits::default();
    limits.send_low_water_bytes = 0;
    let (task, fake) = open(limits).await;
    fake.set("slow", true);
    if !run(HIDE) {
        return;
    }
    let sending = task.send("0123456789");
    let flushing = task.flush();
    fake.set("bufferedAmount", 0);
    let told = (sending.await, flushing.await);
    run(SHOW);
    assert!(told.0.is_ok() && told.1.is_ok());
}

#[wasm_bindgen_test]
async fn streams_are_woken_without_a_timer() {
    let (task, fake) = open(Limits::default()).await;
    let mut events = task.events();
    events.next().await.expect("open");
    let count = Rc::new(Cell::new(0));
    let own = Rc::clone(&count);
    if !run(HIDE) {
        return;
    }
    spawn_local(async move {
        while let Some(SocketEvent::Message(_)) = events.next().await {
            own.set(own.get() + 1);
        }
    });
    // So many that they are woken together.
    for _ in 0..200 {
        fake.message("x");
    }
    let last = task.flush();
    last.await.expect("nothing was sent");
    for _ in 0..100 {
        if count.get() == 200 {
            break;
        }
        turn().await;
    }
    run(SHOW);
    assert_eq!(count.get(), 200);
}

/// A network that stands still for a while.
#[wasm_bindgen_test]
async fn a_send_that_waits_long_is_told_without_a_timer() {
    let mut limits = Limits::default();
    limits.send_low_water_bytes = 0;
    let (task, fake) = open(limits).await;
    fake.set("slow", true);
    if !run(HIDE) {
        return;
    }
    let sending = task.send("0123456789");
    let begin = js_sys::Date::now();
    while js_sys::Date::now() - begin < 1500.0 {
        turn().await;
    }
    fake.set("bufferedAmount", 0);
    let told = sending.await;
    run(SHOW);
    told.expect("it has left");
}

/// The browser would call what is dropped, and tell the page of an exception.
#[wasm_bindgen_test]
async fn nothing_is_called_after_the_end() {
    let listen = "globalThis.uncaught = 0;
        globalThis.onUncaught = (event) => { uncaught += 1; event.preventDefault(); };
        addEventListener('error', onUncaught);";
    let mut limits = Limits::default();
    limits.send_low_water_bytes = 0;
    let (task, fake) = open(limits).await;
    fake.set("slow", true);
    if !run(HIDE) {
        return;
    }
    run(listen);
    let sending = task.send("0123456789");
    fake.cut(1006, "");
    for _ in 0..10 {
        turn().await;
    }
    run(SHOW);
    run("removeEventListener('error', onUncaught)");
    assert!(sending.await.is_err());
    let uncaught = js_sys::Reflect::get(&js_sys::global(), &"uncaught".into());
    assert_eq!(uncaught, Ok(JsValue::from_f64(0.0)));
}

/// One turn of the host's, without a timer.
async fn turn() {
    let wait = "return new Promise((done) => {
        const channel = new MessageChannel();
        channel.port2.onmessage = () => { channel.port1.close(); done(); };
        channel.port1.postMessage(0);
    })";
    let turn = Function::new_no_args(wait).call0(&JsValue::NULL);
    let turn: js_sys::Promise = turn.expect("a sound script").into();
    wasm_bindgen_futures::JsFuture::from(turn)
        .await
        .expect("it resolves");
}
