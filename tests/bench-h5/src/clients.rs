//! The measured clients.

/// One client: a module of the page and a style of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Client {
    /// As the page knows it.
    pub(crate) key: &'static str,
    pub(crate) title: &'static str,
    pub(crate) kind: Kind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// What ratios are taken to.
    Plain,
    /// Plain JavaScript that brings each message into a memory and out of it: the least for any wasm module.
    Copying,
    OursByCallback,
    OursAsStream,
    OtherByCallback,
    OtherAsStream,
}

const fn client(key: &'static str, title: &'static str, kind: Kind) -> Client {
    Client { key, title, kind }
}

pub(crate) const CLIENTS: [Client; 7] = [
    client("plain/callbacks", "plain JavaScript", Kind::Plain),
    client("plain/copies", "plain JavaScript, copying", Kind::Copying),
    client(
        "taro-socket/callbacks",
        "taro-socket, callbacks",
        Kind::OursByCallback,
    ),
    client(
        "taro-socket/stream",
        "taro-socket, stream",
        Kind::OursAsStream,
    ),
    client("gloo-net/stream", "gloo-net 0.7.0", Kind::OtherAsStream),
    client(
        "ws-stream-wasm/stream",
        "ws_stream_wasm 0.7.5",
        Kind::OtherAsStream,
    ),
    client(
        "ewebsock/callbacks",
        "ewebsock 0.8.0",
        Kind::OtherByCallback,
    ),
];

impl Client {
    /// Wraps binary messages in a Blob, which takes about ten times as long.
    pub(crate) fn uses_blobs(self) -> bool {
        self.key.starts_with("gloo-net/") || self.key.starts_with("ewebsock/")
    }
}

/// Features of the page's package: a wasm module for each.
pub(crate) const MODULES: [&str; 4] = ["taro-socket", "gloo-net", "ws-stream-wasm", "ewebsock"];
