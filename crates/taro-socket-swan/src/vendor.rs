//! The vendor's object `swan`.

use taro_socket_mini::{Signal, Vendor};
use wasm_bindgen::{JsValue, prelude::wasm_bindgen};

// The object is looked up at each call; where it or its function is missing, the call throws.
#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(catch, js_namespace = swan, js_name = connectSocket)]
    fn connect_socket(options: &JsValue) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(catch, js_namespace = swan, js_name = onAppShow)]
    fn on_app_show(listener: &JsValue) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(catch, js_namespace = swan, js_name = onAppHide)]
    fn on_app_hide(listener: &JsValue) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(catch, js_namespace = swan, js_name = offAppShow)]
    fn off_app_show(listener: &JsValue) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(catch, js_namespace = swan, js_name = offAppHide)]
    fn off_app_hide(listener: &JsValue) -> Result<JsValue, JsValue>;
}

pub(crate) static VENDOR: Vendor = Vendor {
    connect_socket,
    on_app_show,
    on_app_hide,
};

pub(crate) const SHOW: Signal = Signal {
    name: "onAppShow",
    on: on_app_show,
    off: off_app_show,
};

pub(crate) const HIDE: Signal = Signal {
    name: "onAppHide",
    on: on_app_hide,
    off: off_app_hide,
};
