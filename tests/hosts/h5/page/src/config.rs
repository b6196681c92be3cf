//! What the page is to run, and where its peers are.

use std::collections::BTreeMap;

use serde::Deserialize;

/// Made by the native half, read by the page.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Config {
    /// Origin of the test server, `http://host:port`.
    pub(crate) control: String,
    /// Beginnings of URLs of the peers.
    pub(crate) plain: String,
    pub(crate) secure: String,
    pub(crate) stranger: String,
    /// Origin of the control channel of the server at `stranger`.
    pub(crate) stranger_control: String,
    /// A URL at which nobody listens, and one whose name does not resolve.
    pub(crate) refused: String,
    pub(crate) unknown: String,
    /// `taro-socket` or `taro`.
    pub(crate) connector: String,
    /// Cases, in order.
    pub(crate) cases: Vec<String>,
    /// Connect and close so many times instead.
    pub(crate) soak: usize,
    /// Name of the run at the test server; progress is posted to `{run}-progress`.
    pub(crate) run: String,
    pub(crate) host_name: String,
    pub(crate) versions: BTreeMap<String, String>,
    pub(crate) fingerprint: String,
    pub(crate) seed: u64,
}
