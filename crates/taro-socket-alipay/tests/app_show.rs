//! A host that lacks a function: in a page of its own, since the app is listened to once.
#![cfg(all(target_family = "wasm", target_os = "unknown"))]

use js_sys::{Function, Reflect};
use taro_socket_alipay::AlipayConnector;
use taro_socket_api::{ConnectSocketOption, connect_now};
use taro_socket_fake_host::{Face, Fake};
use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test;

/// Tells when the app is shown, and not when it is hidden.
const WITHOUT_HIDE: &str = "const host = { ...my, shows: 0, onAppShow() { host.shows += 1; } }; \
                            delete host.onAppHide; return host;";

#[wasm_bindgen_test]
fn the_app_is_listened_to_once() {
    let face = Face::Vendor("my");
    face.install();
    let host = Function::new_no_args(WITHOUT_HIDE).call0(&JsValue::NULL);
    let host = host.expect("a host");
    face.replace(&host);
    for _ in 0..10 {
        let option = ConnectSocketOption::new("wss://fake.test/");
        let task = connect_now(&AlipayConnector::new(), option).expect("the fake is made");
        Fake::last().open();
        drop(task);
        Fake::last().close(1000, "");
    }
    let shows = Reflect::get(&host, &"shows".into()).expect("a property");
    assert_eq!(shows, 1);
}
