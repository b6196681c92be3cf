//! Each capability: proved where it is declared, refused where it is not.

use std::time::Duration;

use taro_socket_api::{Capability, ConnectSocketOption, ErrorKind, Limits, UnsupportedPolicy};

use crate::{Behavior, Case, Cx, Failure, Fault, Target, Until};

const SPEC: &str = "taro-socket, Capability";

const MINUTE: Duration = Duration::from_secs(60);

macro_rules! capability_cases {
    ($($id:literal $name:ident $covers:literal: $proof:ident by $fault:ident, $refusal:ident;)*) => {
        pub(super) const CASES: &[Case] = &[$(
            Case::new(concat!("capabilities/", $id, "/works"), SPEC, Fault::$fault, run!($proof))
                .requires(&[Capability::$name])
                .covers(&[$covers, concat!("Capability.", stringify!($name))]),
            Case::new(concat!("capabilities/", $id, "/refused"), SPEC, Fault::DeclaresEverything, run!($refusal))
                .forbids(&[Capability::$name])
                .covers(&[$covers, concat!("Capability.", stringify!($name))]),
        )*];
    };
}

capability_cases! {
    "request-header" RequestHeader "ConnectSocketOption.header": header_sent by DropsRequestHeader, header_refused;
    "response-header" ResponseHeader "SocketTask.onOpen": header_told by DropsResponseHeader, header_hidden;
    "handshake-response" HandshakeResponse "SocketTask.onError": response_told by DropsHandshakeResponse, response_hidden;
    "plain-ws" PlainWs "ConnectSocketOption.url": plain_opens by NeverOpens, plain_refused;
    "tcp-no-delay" TcpNoDelay "ConnectSocketOption.tcpNoDelay": no_delay by NeverOpens, no_delay_refused;
    "per-message-deflate" PerMessageDeflate "ConnectSocketOption.perMessageDeflate": deflate_offered by DeclaresEverything, deflate_refused;
    "force-cellular-network" ForceCellularNetwork "ConnectSocketOption.forceCellularNetwork": cellular by NeverOpens, cellular_refused;
    "ping" Ping "ConnectSocketOption.timeout": pings by NeverOpens, pings_refused;
    "sent-frame-size" SentFrameSize "SocketTask.send": fragments by LosesSend, fragments_refused;
}

/// The option is refused; under `UnsupportedPolicy::Ignore` it is left out.
async fn refused(
    cx: &Cx,
    set: impl Fn(ConnectSocketOption) -> ConnectSocketOption,
) -> Result<(), Failure> {
    let peer = cx.peer(Behavior::Echo).await?;
    let option = set(ConnectSocketOption::new(peer.url()));
    cx.refuses(&peer, option, ErrorKind::Unsupported).await?;
    let ignore = |option| set(option).unsupported(UnsupportedPolicy::Ignore);
    let mut live = cx.dial_peer(peer, ignore).await?;
    live.open().await?;
    live.echo("without it").await?;
    live.finish().await
}

async fn works(
    cx: &Cx,
    set: impl Fn(ConnectSocketOption) -> ConnectSocketOption,
) -> Result<(), Failure> {
    let mut live = cx.open_with(Behavior::Echo, set).await?;
    live.echo("with it").await?;
    live.finish().await
}

async fn header_sent(cx: Cx) -> Result<(), Failure> {
    let fields = [
        ("Authorization", "Bearer a.b-c"),
        ("X-Empty", ""),
        ("x-two", "1,  2; q=\"3\""),
    ];
    let set = |option: ConnectSocketOption| {
        fields
            .iter()
            .fold(option, |option, (name, value)| option.header(*name, *value))
    };
    let mut live = cx.open_with(Behavior::Echo, set).await?;
    let seen = live.peer.seen(Until::Opened).await?;
    for (name, value) in fields {
        let sent = seen
            .requests
            .first()
            .and_then(|request| request.header(name));
        ensure_eq!(sent, Some(value), "header {name} at the peer");
    }
    live.finish().await
}

async fn header_refused(cx: Cx) -> Result<(), Failure> {
    refused(&cx, |option| option.header("X-Token", "1")).await
}

async fn header_told(cx: Cx) -> Result<(), Failure> {
    let mut live = cx.dial(Behavior::Echo).await?;
    let open = live.open().await?;
    ensure!(
        open.header.get("Upgrade").is_some(),
        "no Upgrade in {open:?}"
    );
    live.finish().await
}

async fn header_hidden(cx: Cx) -> Result<(), Failure> {
    let mut live = cx.dial(Behavior::Echo).await?;
    let open = live.open().await?;
    ensure!(open.header.is_empty(), "header {:?}", open.header);
    ensure!(!cx.declares(Capability::ResponseHeader), "declared");
    live.finish().await
}

async fn response_of(cx: &Cx) -> Result<Option<u16>, Failure> {
    let reject = Behavior::Reject {
        status: 403,
        body: "no".into(),
    };
    let mut live = cx.dial(reject).await?;
    let error = live.error().await?;
    live.close().await?;
    Ok(error.response().map(|response| response.status))
}

async fn response_told(cx: Cx) -> Result<(), Failure> {
    ensure_eq!(response_of(&cx).await?, Some(403), "status");
    Ok(())
}

async fn response_hidden(cx: Cx) -> Result<(), Failure> {
    ensure_eq!(response_of(&cx).await?, None, "status");
    Ok(())
}

async fn plain_opens(cx: Cx) -> Result<(), Failure> {
    let peer = cx.target(Target::Plain(Behavior::Echo)).await?;
    ensure!(
        peer.url().starts_with("ws://"),
        "the peer is at {}",
        peer.url()
    );
    let mut live = cx.dial_peer(peer, |option| option).await?;
    live.open().await?;
    live.finish().await
}

/// Under either policy: to leave out `ws://` would be to dial somewhere else.
async fn plain_refused(cx: Cx) -> Result<(), Failure> {
    let peer = cx.target(Target::Plain(Behavior::Echo)).await?;
    for policy in [UnsupportedPolicy::Refuse, UnsupportedPolicy::Ignore] {
        let option = ConnectSocketOption::new(peer.url()).unsupported(policy);
        cx.refuses(&peer, option, ErrorKind::Unsupported).await?;
    }
    cx.still_works().await
}

/// The socket option itself cannot be seen by a peer; that it does no harm can.
async fn no_delay(cx: Cx) -> Result<(), Failure> {
    works(&cx, |option| option.tcp_no_delay(true)).await?;
    works(&cx, |option| option.tcp_no_delay(false)).await
}

async fn no_delay_refused(cx: Cx) -> Result<(), Failure> {
    refused(&cx, |option| option.tcp_no_delay(true)).await
}

/// The peer does not select it, which it may (RFC 7692 §5).
async fn deflate_offered(cx: Cx) -> Result<(), Failure> {
    let mut live = cx
        .open_with(Behavior::Echo, |option| option.per_message_deflate(true))
        .await?;
    let seen = live.peer.seen(Until::Opened).await?;
    let offer = seen
        .requests
        .first()
        .and_then(|request| request.header("Sec-WebSocket-Extensions"));
    let offered = offer.is_some_and(|offer| offer.contains("permessage-deflate"));
    ensure!(offered, "Sec-WebSocket-Extensions: {offer:?}");
    live.echo("plain after all").await?;
    live.finish().await
}

async fn deflate_refused(cx: Cx) -> Result<(), Failure> {
    refused(&cx, |option| option.per_message_deflate(true)).await
}

async fn cellular(cx: Cx) -> Result<(), Failure> {
    works(&cx, |option| option.force_cellular_network(true)).await
}

async fn cellular_refused(cx: Cx) -> Result<(), Failure> {
    refused(&cx, |option| option.force_cellular_network(true)).await
}

async fn pings(cx: Cx) -> Result<(), Failure> {
    works(&cx, |option| option.keep_alive(MINUTE, MINUTE)).await?;
    works(&cx, ConnectSocketOption::without_keep_alive).await
}

/// To send none is what every platform can do.
async fn pings_refused(cx: Cx) -> Result<(), Failure> {
    refused(&cx, |option| option.keep_alive(MINUTE, MINUTE)).await?;
    works(&cx, ConnectSocketOption::without_keep_alive).await
}

fn in_frames_of_1000(option: ConnectSocketOption) -> ConnectSocketOption {
    option.limits(Limits::default().max_sent_frame_bytes(1000))
}

async fn fragments(cx: Cx) -> Result<(), Failure> {
    let mut live = cx.open_with(Behavior::Echo, in_frames_of_1000).await?;
    for length in [0, 1, 999, 1000, 1001, 100_000] {
        live.echo(vec![7; length]).await?;
        live.echo("é".repeat(length)).await?;
    }
    live.finish().await
}

async fn fragments_refused(cx: Cx) -> Result<(), Failure> {
    refused(&cx, in_frames_of_1000).await
}
