//! The connector under test: ours, or one over Taro's own task.

use std::sync::Arc;

use taro_socket::{SocketTask, h5};
use taro_socket_host_js::Connector;
use wasm_bindgen::JsValue;

pub(crate) fn connector(taro: bool) -> Connector {
    Connector {
        connector: match taro {
            true => Arc::new(taro_socket_taro_h5::TaroConnector),
            false => Arc::new(h5::H5Connector::new()),
        },
        max_sockets: usize::MAX,
        ws_ready_state,
        app: None,
    }
}

fn ws_ready_state(task: &dyn SocketTask) -> Option<u8> {
    let own = || h5::ws(task).map(JsValue::from);
    let ws = own().or_else(|| taro_socket_taro_h5::ws(task))?;
    let state = js_sys::Reflect::get(&ws, &"readyState".into()).ok()?;
    Some(state.as_f64()? as u8)
}
