//! The clients, in the order of the table.

/// One package under `tests/size/clients`.
#[derive(Debug)]
pub(crate) struct Client {
    pub(crate) name: &'static str,
    /// What is measured, with its version.
    pub(crate) title: &'static str,
    pub(crate) style: &'static str,
    /// Most bytes of wasm and JavaScript together, compressed.
    pub(crate) goal: Option<usize>,
}

/// `docs/SIZE.md` says why.
const GOAL: Option<usize> = Some(14 * 1024);

const fn client(name: &'static str, title: &'static str, style: &'static str) -> Client {
    Client {
        name,
        title,
        style,
        goal: None,
    }
}

const fn ours(name: &'static str, style: &'static str) -> Client {
    Client {
        goal: GOAL,
        ..client(name, "taro-socket", style)
    }
}

pub(crate) const CLIENTS: &[Client] = &[
    ours("taro-socket", "callbacks"),
    ours("taro-socket-async", "futures and a stream"),
    client("gloo-net", "gloo-net 0.7.0", "futures and a stream"),
    client("ewebsock", "ewebsock 0.8.0", "callbacks"),
    client(
        "ws-stream-wasm",
        "ws_stream_wasm 0.7.5",
        "futures and a stream",
    ),
    client(
        "tokio-tungstenite-wasm",
        "tokio-tungstenite-wasm 0.9.0",
        "futures and a stream",
    ),
    client("web-sys", "web-sys alone", "callbacks"),
    client("none", "no socket", "one async function"),
];
