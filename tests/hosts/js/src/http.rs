//! Requests to the test server, by whatever the host has for them.

use std::rc::Rc;

use js_sys::Promise;
use taro_socket_conformance::Failure;
use taro_socket_js::{describe, number_of, text_of};
use wasm_bindgen::{JsValue, prelude::wasm_bindgen};
use wasm_bindgen_futures::JsFuture;

#[wasm_bindgen]
extern "C" {
    /// What the host's program gives.
    #[derive(Clone, Debug)]
    pub type Surroundings;

    /// Resolves with `{status, body}`, a number and a text.
    #[wasm_bindgen(method, catch)]
    fn request(
        this: &Surroundings,
        method: &str,
        url: &str,
        body: &str,
    ) -> Result<Promise, JsValue>;
}

/// The way to the test server.
#[derive(Clone, Debug)]
pub struct Http(Rc<Surroundings>);

impl Http {
    /// Over the host's function.
    #[must_use]
    pub fn new(surroundings: Surroundings) -> Self {
        Self(Rc::new(surroundings))
    }

    /// The answer's body; `None` for a 404.
    ///
    /// # Errors
    ///
    /// When there is no answer, or one of another status than 200 to 299 and 404.
    pub async fn get(&self, url: &str) -> Result<Option<String>, Failure> {
        self.request("GET", url, "").await
    }

    /// Posts `body`.
    ///
    /// # Errors
    ///
    /// As [`get`](Self::get).
    pub async fn post(&self, url: &str, body: &str) -> Result<(), Failure> {
        self.request("POST", url, body).await.map(drop)
    }

    async fn request(
        &self,
        method: &str,
        url: &str,
        body: &str,
    ) -> Result<Option<String>, Failure> {
        let failed = |thrown: JsValue| Failure::new(format!("{url:.200}: {}", describe(&thrown)));
        let answer = self.0.request(method, url, body).map_err(failed)?;
        let answer = JsFuture::from(answer).await.map_err(failed)?;
        match number_of(&answer, "status") {
            Some(200..=299) => Ok(Some(text_of(&answer, "body").unwrap_or_default())),
            Some(404) => Ok(None),
            status => Err(Failure::new(format!("{url:.200}: status {status:?}"))),
        }
    }
}
