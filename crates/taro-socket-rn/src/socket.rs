//! React Native's own object.

use taro_socket_api::{ConnectRequest, Message};
use taro_socket_js::{Record, header_to, list_of};
use wasm_bindgen::{JsValue, prelude::wasm_bindgen};

#[wasm_bindgen]
extern "C" {
    /// What `Libraries/WebSocket/WebSocket.js` of React Native declares. Its properties may be missing, so they
    /// are looked up by name.
    #[wasm_bindgen(js_name = WebSocket)]
    pub(crate) type RnSocket;

    #[wasm_bindgen(catch, constructor, js_class = "WebSocket")]
    fn new(url: &str, protocols: &JsValue, options: &JsValue) -> Result<RnSocket, JsValue>;

    #[wasm_bindgen(catch, method, setter, js_name = binaryType)]
    fn set_binary_type(this: &RnSocket, kind: &str) -> Result<(), JsValue>;

    #[wasm_bindgen(catch, method, js_name = send)]
    fn send_text(this: &RnSocket, text: &str) -> Result<(), JsValue>;

    #[wasm_bindgen(catch, method, js_name = send)]
    fn send_view(this: &RnSocket, bytes: &[u8]) -> Result<(), JsValue>;

    #[wasm_bindgen(catch, method)]
    pub(crate) fn close(this: &RnSocket, code: u16, reason: &str) -> Result<(), JsValue>;
}

impl RnSocket {
    /// Dials.
    pub(crate) fn dial(request: &ConnectRequest) -> Result<Self, JsValue> {
        let protocols = match request.protocols() {
            [] => JsValue::UNDEFINED,
            names => list_of(names),
        };
        let options = Record::new();
        if !request.header().is_empty() {
            options.set("headers", header_to(request.header()));
        }
        let socket = Self::new(request.url().as_str(), &protocols, options.as_js())?;
        // Without it binary messages are buffers too; a Blob would need another native module.
        let _ = socket.set_binary_type("arraybuffer");
        Ok(socket)
    }

    /// Hands a message over. The class makes base64 of bytes before it returns, so a view is enough.
    pub(crate) fn send(&self, message: &Message) -> Result<(), JsValue> {
        match message {
            Message::Text(text) => self.send_text(text),
            Message::Binary(bytes) => self.send_view(bytes),
        }
    }
}
