//! Makes Taro's tasks.

use std::sync::Arc;

use async_trait::async_trait;
use js_sys::Array;
use taro_socket_api::{
    Capability, CapabilitySet, ConnectRequest, Error, ErrorKind, Platform, Result, SocketConnector,
    SocketTask, adapter,
};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use crate::{bindings, task::TaroTask};

/// What Taro's typings declare for every platform, H5 among them.
const CAPABILITIES: CapabilitySet = CapabilitySet::of(&[
    Capability::RequestHeader,
    Capability::ResponseHeader,
    Capability::PlainWs,
    Capability::TcpNoDelay,
    Capability::Ws,
]);

/// Makes tasks with Taro's own `connectSocket`.
#[derive(Clone, Copy, Debug, Default)]
pub struct TaroConnector;

#[cfg_attr(all(target_family = "wasm", target_os = "unknown"), async_trait(?Send))]
#[cfg_attr(not(all(target_family = "wasm", target_os = "unknown")), async_trait)]
impl SocketConnector for TaroConnector {
    fn platform(&self) -> Platform {
        Platform::H5
    }

    fn capabilities(&self) -> CapabilitySet {
        CAPABILITIES
    }

    fn connect_socket_now(&self, _request: ConnectRequest) -> Result<Arc<dyn SocketTask>> {
        // Taro gives its task by a promise.
        Err(adapter::must_wait())
    }

    async fn connect_socket(&self, request: ConnectRequest) -> Result<Arc<dyn SocketTask>> {
        let option = bindings::object(&[
            ("url", JsValue::from_str(request.url().as_str())),
            ("header", header(&request)),
            ("protocols", protocols(&request)),
            ("tcpNoDelay", request.tcp_no_delay().into()),
        ]);
        let made = match bindings::connect_socket(&option) {
            Ok(promise) => JsFuture::from(promise).await,
            Err(thrown) => Err(thrown),
        };
        let task =
            made.map_err(|failure| Error::new(ErrorKind::Unknown, bindings::err_msg(&failure)))?;
        Ok(TaroTask::start(task.unchecked_into(), request.limits()))
    }
}

fn header(request: &ConnectRequest) -> JsValue {
    let fields = request.header().iter();
    let fields: Vec<_> = fields
        .map(|(name, value)| (name, JsValue::from_str(value)))
        .collect();
    bindings::object(&fields).into()
}

fn protocols(request: &ConnectRequest) -> JsValue {
    let offered: Array = request.protocols().iter().map(JsValue::from).collect();
    offered.into()
}
