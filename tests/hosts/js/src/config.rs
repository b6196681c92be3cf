//! What is to be run, and where the peers are.

use std::collections::BTreeMap;

use serde::Deserialize;

/// Made by the native half, read inside the host.
#[derive(Clone, Debug, Deserialize)]
pub struct Config {
    /// Origin of the test server, `http://host:port`.
    pub control: String,
    /// Beginnings of URLs of the peers.
    pub plain: String,
    /// As `plain`, over TLS.
    pub secure: String,
    /// As `secure`, at a server whose certificate nobody trusts.
    pub stranger: String,
    /// Origin of the control channel of the server at `stranger`.
    pub stranger_control: String,
    /// A URL at which nobody listens.
    pub refused: String,
    /// A URL whose name does not resolve.
    pub unknown: String,
    /// Whether the host is simulated.
    #[serde(default)]
    pub simulated: bool,
    /// `taro-socket` or `taro`.
    pub connector: String,
    /// Cases, in order.
    pub cases: Vec<String>,
    /// Connect and close so many times instead.
    pub soak: usize,
    /// Name of the run at the test server; progress is posted to `{run}-progress`.
    pub run: String,
    /// What the host calls itself, for the evidence.
    pub host_name: String,
    /// What the evidence says of versions.
    pub versions: BTreeMap<String, String>,
    /// The fingerprint of the sources.
    pub fingerprint: String,
    /// The seed of the order.
    pub seed: u64,
}
