//! Open: told once, latched, with what the handshake gave.

use taro_socket_api::{Capability, ReadyState};

use crate::{
    Behavior, Cx, Failure, Target,
    recorder::{letters, record, recorder},
};

const WHATWG: &str = "WHATWG WebSockets §4";
const ON_OPEN: &[&str] = &["SocketTask.onOpen"];
const PROTOCOLS: &[&str] = &["SocketTask.onOpen", "ConnectSocketOption.protocols"];
const TOLD: &[Capability] = &[Capability::SelectedProtocol];

cases! {
    "open/handler/once", WHATWG, NeverOpens => once, ON_OPEN;
    "open/handler/late-is-told", "taro-socket, SocketTask", NeverOpens => late, ON_OPEN;
    "open/handler/replaced-is-told", "taro-socket, SocketTask", NeverOpens => replaced, ON_OPEN;
    "open/future/before-and-after", "taro-socket, SocketTask", NeverOpens => future, ON_OPEN;
    "open/ready-state", "WHATWG WebSockets §3.1 readyState", NeverOpens => ready_state, &["SocketTask.readyState", "SocketTask.onOpen"];
    "open/response-header", "Taro docs, OnOpenCallbackResult", DropsResponseHeader => response_header, &["SocketTask.onOpen", "OnOpenCallbackResult.header", "Capability.ResponseHeader"], requires(&[Capability::ResponseHeader]);
    "open/subprotocol/selected", "RFC 6455 §4.2.2", HidesSubprotocol => selected, PROTOCOLS, requires(TOLD);
    "open/subprotocol/later-one-selected", "RFC 6455 §4.2.2", HidesSubprotocol => later_selected, PROTOCOLS, requires(TOLD);
    "open/answer-byte-by-byte", "RFC 6455 §4.1", NeverOpens => trickle, &["connectSocket"];
    "open/answer-after-a-pause", "RFC 6455 §4.1", NeverOpens => delay, &["connectSocket", "ConnectSocketOption.timeout"];
    "open/tls", "RFC 6455 §4.1", NeverOpens => tls, &["connectSocket", "ConnectSocketOption.url"];
}

async fn once(cx: Cx) -> Result<(), Failure> {
    let mut live = cx.dial(Behavior::Echo).await?;
    let handlers = record(&live.task);
    live.open().await?;
    live.finish().await?;
    ensure_eq!(
        letters(&handlers.rest().await),
        "oc",
        "events of the handlers"
    );
    Ok(())
}

async fn late(cx: Cx) -> Result<(), Failure> {
    let mut live = cx.open(Behavior::Echo).await?;
    live.echo("open for a while").await?;
    let handlers = record(&live.task);
    live.finish().await?;
    ensure_eq!(
        letters(&handlers.rest().await),
        "oc",
        "events of late handlers"
    );
    Ok(())
}

async fn replaced(cx: Cx) -> Result<(), Failure> {
    let mut live = cx.dial(Behavior::Echo).await?;
    let (pen, reader) = recorder();
    let (first, second) = (pen.clone(), pen);
    live.task.on_open(move |_| first.write("first"));
    live.open().await?;
    // The handler is called by the driver, perhaps after the stream was fed: the close orders both.
    live.echo("marker").await?;
    live.task.on_open(move |_| second.write("second"));
    live.finish().await?;
    ensure_eq!(reader.rest().await, ["first", "second"], "handlers told");
    Ok(())
}

async fn future(cx: Cx) -> Result<(), Failure> {
    let mut live = cx.dial(Behavior::Echo).await?;
    let before = live.task.opened().await?;
    ensure_eq!(live.open().await?, before, "event of the stream");
    ensure_eq!(live.task.opened().await?, before, "future taken after open");
    live.finish().await?;
    ensure_eq!(
        live.task.opened().await?,
        before,
        "future taken after close"
    );
    Ok(())
}

async fn ready_state(cx: Cx) -> Result<(), Failure> {
    let peer = cx.peer(Behavior::Delay { ms: 20 }).await?;
    let mut live = cx.dial_peer(peer, |option| option).await?;
    let (pen, mut reader) = recorder();
    let (weak, on_message) = (std::sync::Arc::downgrade(&live.task), pen.clone());
    let state = move || weak.upgrade().map(|task| task.ready_state());
    let again = state.clone();
    live.task.on_open(move |_| pen.write(state()));
    live.task.on_message(move |_| on_message.write(again()));
    live.open().await?;
    ensure_eq!(live.task.ready_state(), ReadyState::Open);
    ensure_eq!(
        reader.next().await?,
        Some(ReadyState::Open),
        "state in on_open"
    );
    live.echo("x").await?;
    ensure_eq!(
        reader.next().await?,
        Some(ReadyState::Open),
        "state in on_message"
    );
    live.finish().await
}

async fn response_header(cx: Cx) -> Result<(), Failure> {
    let mut live = cx.dial(Behavior::Echo).await?;
    let open = live.open().await?;
    let upgrade = open.header.get("upgrade").map(str::to_ascii_lowercase);
    ensure_eq!(
        upgrade.as_deref(),
        Some("websocket"),
        "response header Upgrade"
    );
    ensure!(
        open.header.get("SEC-WEBSOCKET-ACCEPT").is_some(),
        "no accept key: {open:?}"
    );
    live.finish().await
}

async fn selected(cx: Cx) -> Result<(), Failure> {
    let mut live = cx
        .dial_with(Behavior::Echo, |option| option.protocols(["a", "b"]))
        .await?;
    ensure_eq!(live.open().await?.protocol.as_deref(), Some("a"));
    ensure_eq!(live.task.protocol().as_deref(), Some("a"));
    live.finish().await?;
    ensure_eq!(
        live.task.protocol().as_deref(),
        Some("a"),
        "protocol() after close"
    );
    Ok(())
}

async fn later_selected(cx: Cx) -> Result<(), Failure> {
    let behavior = Behavior::Subprotocol { name: "b".into() };
    let mut live = cx
        .dial_with(behavior, |option| option.protocols(["a", "b", "c"]))
        .await?;
    ensure_eq!(live.open().await?.protocol.as_deref(), Some("b"));
    live.finish().await
}

async fn trickle(cx: Cx) -> Result<(), Failure> {
    let mut live = cx.open(Behavior::Trickle).await?;
    live.echo("after a slow answer").await?;
    live.finish().await
}

async fn delay(cx: Cx) -> Result<(), Failure> {
    let mut live = cx.open(Behavior::Delay { ms: 50 }).await?;
    live.echo("after a pause").await?;
    live.finish().await
}

async fn tls(cx: Cx) -> Result<(), Failure> {
    let peer = cx.target(Target::Secure(Behavior::Echo)).await?;
    ensure!(
        peer.url().starts_with("wss://"),
        "the peer is at {}",
        peer.url()
    );
    let mut live = cx.dial_peer(peer, |option| option).await?;
    live.open().await?;
    live.echo("over TLS").await?;
    live.echo(vec![7; 100_000]).await?;
    live.finish().await
}
