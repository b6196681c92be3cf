//! Which host is found where several could be, and what hosts are given: `cargo xtask web-test taro-socket-js`.
#![cfg(all(target_family = "wasm", target_os = "unknown"))]

use js_sys::{Array, Function, JSON, Object, Reflect};
use taro_socket_api::Header;
use taro_socket_js::{Host, Record, header_to, list_of, property};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::wasm_bindgen_test;

/// The host that comes first.
fn found() -> Option<Host> {
    Host::ALL.iter().copied().find(|host| host.exists())
}

/// Makes the browser look like React Native, or no longer.
fn set_product(product: Option<&str>) {
    let navigator = property(&js_sys::global(), "navigator").expect("every browser has one");
    let navigator: &Object = navigator.unchecked_ref();
    let name = JsValue::from_str("product");
    match product {
        Some(product) => {
            let own = Record::new();
            own.set("value", product);
            own.set("configurable", true);
            Object::define_property(navigator, &name, own.as_js().unchecked_ref());
        }
        None => {
            Reflect::delete_property(navigator, &name).expect("it is configurable");
        }
    }
}

#[wasm_bindgen_test]
fn react_native_is_no_browser_though_it_has_a_web_socket() {
    assert_eq!(found(), Some(Host::H5));
    set_product(Some("ReactNative"));
    assert_eq!(found(), Some(Host::Rn));
    assert!(Host::H5.exists(), "the class is there all the same");
    // A mini-program that calls itself so is one.
    let wx = Record::new();
    wx.set("connectSocket", Function::new_no_args(""));
    Reflect::set(&js_sys::global(), &"wx".into(), wx.as_js()).expect("a global");
    assert_eq!(found(), Some(Host::Weapp));
    let global = js_sys::global();
    Reflect::delete_property(global.unchecked_ref::<Object>(), &"wx".into()).expect("a global");
    for other in ["Gecko", "reactnative", ""] {
        set_product(Some(other));
        assert_eq!(found(), Some(Host::H5), "{other}");
    }
    set_product(None);
    assert_eq!(found(), Some(Host::H5));
}

#[wasm_bindgen_test]
fn headers_and_lists_are_plain_objects() {
    let text = |value: &JsValue| JSON::stringify(value).map(String::from);
    let mut header = Header::new();
    assert_eq!(text(&header_to(&header)), Ok("{}".into()));
    header.append("X-Token", "汉");
    header.append("B", "");
    assert_eq!(
        text(&header_to(&header)),
        Ok(r#"{"X-Token":"汉","B":""}"#.into())
    );
    let list = list_of(&["a".to_owned(), "b".to_owned()]);
    assert!(Array::is_array(&list));
    assert_eq!(text(&list), Ok(r#"["a","b"]"#.into()));
}
