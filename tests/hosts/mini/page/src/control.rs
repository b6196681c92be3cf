//! What a simulated host gives besides; devices have none of it.

use std::rc::Rc;

use js_sys::Reflect;
use taro_socket_conformance::{App, Failure};
use wasm_bindgen::{JsValue, prelude::wasm_bindgen};

#[wasm_bindgen]
extern "C" {
    /// The host in the hands of a test.
    #[derive(Clone, Debug)]
    pub(crate) type Control;

    /// The app leaves the screen.
    #[wasm_bindgen(method, catch, js_name = hide)]
    fn host_hide(this: &Control) -> Result<JsValue, JsValue>;

    /// The host ends the sockets of the hidden app.
    #[wasm_bindgen(method, catch, js_name = kill)]
    fn host_kill(this: &Control) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(method, catch, js_name = show)]
    fn host_show(this: &Control) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(method, catch, js_name = liveCounts)]
    fn host_counts(this: &Control) -> Result<JsValue, JsValue>;
}

impl Control {
    /// The app, where there is a host that hides it.
    pub(crate) fn app(&self) -> Option<Rc<dyn App>> {
        let hide = Reflect::get(self, &"hide".into()).ok()?;
        let app: Rc<dyn App> = Rc::new(self.clone());
        hide.is_function().then_some(app)
    }

    /// How many sockets, listeners and timers live.
    pub(crate) fn live_counts(&self) -> Result<JsValue, Failure> {
        self.host_counts().map_err(thrown)
    }
}

impl App for Control {
    fn hide(&self) -> Result<(), Failure> {
        self.host_hide().map(drop).map_err(thrown)
    }

    fn end_sockets(&self) -> Result<(), Failure> {
        self.host_kill().map(drop).map_err(thrown)
    }

    fn show(&self) -> Result<(), Failure> {
        self.host_show().map(drop).map_err(thrown)
    }
}

fn thrown(value: JsValue) -> Failure {
    Failure::new(taro_socket_js::describe(&value))
}
