//! Taro's H5 API, as `@tarojs/taro` declares it (`types/api/network/websocket.d.ts`).

use js_sys::{Function, Object, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue, closure::Closure, prelude::wasm_bindgen};

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(catch, js_namespace = TaroH5, js_name = connectSocket)]
    pub(crate) fn connect_socket(option: &Object) -> Result<Promise, JsValue>;

    #[derive(Clone, Debug)]
    pub(crate) type Task;

    #[wasm_bindgen(method, catch)]
    pub(crate) fn send(this: &Task, option: &Object) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(method, catch)]
    pub(crate) fn close(this: &Task, option: &Object) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(method, js_name = onOpen)]
    pub(crate) fn on_open(this: &Task, handler: &Function);

    #[wasm_bindgen(method, js_name = onMessage)]
    pub(crate) fn on_message(this: &Task, handler: &Function);

    #[wasm_bindgen(method, js_name = onError)]
    pub(crate) fn on_error(this: &Task, handler: &Function);

    #[wasm_bindgen(method, js_name = onClose)]
    pub(crate) fn on_close(this: &Task, handler: &Function);

    #[wasm_bindgen(method, getter)]
    pub(crate) fn ws(this: &Task) -> JsValue;
}

/// A handler or callback; it lives as long as the page, as Taro never tells when it is done with one.
pub(crate) fn handler(call: impl Fn(JsValue) + 'static) -> Function {
    Closure::<dyn Fn(JsValue)>::new(call)
        .into_js_value()
        .unchecked_into()
}

/// An option object of these properties.
pub(crate) fn object(properties: &[(&str, JsValue)]) -> Object {
    let object = Object::new();
    for (name, value) in properties {
        // A fresh object has no setter that could throw.
        let _ = Reflect::set(&object, &JsValue::from_str(name), value);
    }
    object
}

/// A property of whatever Taro handed over.
pub(crate) fn property(value: &JsValue, name: &str) -> JsValue {
    Reflect::get(value, &JsValue::from_str(name)).unwrap_or(JsValue::UNDEFINED)
}

/// The `errMsg` of what Taro reports as failure, or the text of what it threw.
pub(crate) fn err_msg(failure: &JsValue) -> String {
    let told = property(failure, "errMsg").as_string();
    told.unwrap_or_else(|| taro_socket_js::describe(failure))
}
