//! Arguments: subprotocols.

use taro_socket_api::{Capability, ConnectSocketOption, ErrorKind};

use crate::{Behavior, Cx, Failure, Until};

const COVERS: &[&str] = &["connectSocket", "ConnectSocketOption.protocols"];
const RFC: &str = "RFC 6455 §4.1";

cases! {
    "arguments/protocols/not-a-token", RFC, SkipsArgumentCheck => not_a_token, COVERS;
    "arguments/protocols/comma", RFC, SkipsArgumentCheck => comma, COVERS;
    "arguments/protocols/twice", "WHATWG WebSockets §3.1 constructor", SkipsArgumentCheck => twice, COVERS;
    "arguments/protocols/none", RFC, NeverOpens => none, COVERS;
    "arguments/protocols/one", RFC, DropsSubprotocols => one, COVERS;
    "arguments/protocols/several-in-order", RFC, JoinsSubprotocols => several, COVERS;
    "arguments/protocols/case-matters", RFC, DropsSubprotocols => case_matters, COVERS;
}

async fn refuses(cx: &Cx, offers: &[&[&str]]) -> Result<(), Failure> {
    let peer = cx.peer(Behavior::Echo).await?;
    for offer in offers {
        let option = ConnectSocketOption::new(peer.url()).protocols(offer.iter().copied());
        cx.refuses(&peer, option, ErrorKind::InvalidArgument)
            .await?;
    }
    cx.still_works().await
}

/// Connects with this offer; the peer sees exactly these tokens, and selects the first.
async fn offers(cx: &Cx, offer: &[&str]) -> Result<(), Failure> {
    let names = offer.iter().copied();
    let mut live = cx
        .dial_with(Behavior::Echo, |option| option.protocols(names))
        .await?;
    let open = live.open().await?;
    let told = cx.declares(Capability::SelectedProtocol);
    let selected = offer.first().copied().filter(|_| told);
    ensure_eq!(open.protocol.as_deref(), selected, "protocol");
    let seen = live.peer.seen(Until::Opened).await?;
    let asked: Vec<_> = seen
        .requests
        .iter()
        .map(|request| request.protocols.clone())
        .collect();
    ensure_eq!(asked, [offer], "subprotocols at the peer");
    live.finish().await
}

async fn not_a_token(cx: Cx) -> Result<(), Failure> {
    refuses(
        &cx,
        &[
            &[""],
            &["a b"],
            &["a\tb"],
            &["a/b"],
            &["é"],
            &["ok", "(no)"],
        ],
    )
    .await
}

async fn comma(cx: Cx) -> Result<(), Failure> {
    refuses(&cx, &[&["a,b"], &[","], &["a, b"]]).await
}

async fn twice(cx: Cx) -> Result<(), Failure> {
    refuses(&cx, &[&["chat", "chat"], &["a", "b", "a"]]).await
}

async fn none(cx: Cx) -> Result<(), Failure> {
    let mut live = cx
        .dial_with(Behavior::Echo, |option| option.protocols([""; 0]))
        .await?;
    ensure_eq!(live.open().await?.protocol, None);
    ensure_eq!(live.task.protocol(), None);
    let seen = live.peer.seen(Until::Opened).await?;
    let header = seen
        .requests
        .first()
        .and_then(|request| request.header("Sec-WebSocket-Protocol"));
    ensure_eq!(header, None, "Sec-WebSocket-Protocol");
    live.finish().await
}

async fn one(cx: Cx) -> Result<(), Failure> {
    offers(&cx, &["mqtt"]).await
}

async fn several(cx: Cx) -> Result<(), Failure> {
    offers(&cx, &["v2.chat", "v1.chat", "x-*!#$%&'+.^_`|~"]).await
}

async fn case_matters(cx: Cx) -> Result<(), Failure> {
    offers(&cx, &["Chat", "chat"]).await
}
