//! Arguments: the URL.

use taro_socket_api::{ConnectSocketOption, ErrorKind};

use crate::{Behavior, Cx, Failure, Until};

const WHATWG: &str = "WHATWG WebSockets §3.1 constructor";
const URL: &[&str] = &["connectSocket", "ConnectSocketOption.url"];

cases! {
    "arguments/url/empty", WHATWG, SkipsArgumentCheck => empty, URL;
    "arguments/url/not-a-url", WHATWG, SkipsArgumentCheck => not_a_url, URL;
    "arguments/url/other-scheme", WHATWG, SkipsArgumentCheck => other_scheme, URL;
    "arguments/url/scheme-in-capitals", "RFC 3986 §3.1", NeverOpens => capitals, URL;
    "arguments/url/fragment", "RFC 6455 §3", SkipsArgumentCheck => fragment, URL;
    "arguments/url/blank-or-control", "RFC 3986 §2", SkipsArgumentCheck => blank, URL;
    "arguments/url/broken-percent-escape", "RFC 3986 §2.1", SkipsArgumentCheck => percent, URL;
    "arguments/url/host-and-port", "RFC 6455 §3", SkipsArgumentCheck => host_and_port, URL;
    "arguments/url/user-name", "RFC 3986 §3.2.1", SkipsArgumentCheck => user_name, URL;
    "arguments/url/reaches-the-peer-unchanged", "RFC 6455 §4.1", NeverOpens => unchanged, URL;
}

async fn refuses(cx: &Cx, urls: impl IntoIterator<Item = String>) -> Result<(), Failure> {
    let peer = cx.peer(Behavior::Echo).await?;
    for url in urls {
        let option = ConnectSocketOption::new(url);
        cx.refuses(&peer, option, ErrorKind::InvalidArgument)
            .await?;
    }
    cx.still_works().await
}

async fn echo_url(cx: &Cx) -> Result<String, Failure> {
    Ok(cx.peer(Behavior::Echo).await?.url().to_owned())
}

async fn empty(cx: Cx) -> Result<(), Failure> {
    refuses(&cx, [String::new()]).await
}

async fn not_a_url(cx: Cx) -> Result<(), Failure> {
    refuses(
        &cx,
        ["nonsense", "localhost:1", "/echo", "://", "ws:/x"].map(str::to_owned),
    )
    .await
}

async fn other_scheme(cx: Cx) -> Result<(), Failure> {
    let url = echo_url(&cx).await?;
    let rest = url.split_once("://").map_or("", |(_, rest)| rest);
    let schemes = ["http", "https", "ftp", "wsx"];
    refuses(&cx, schemes.map(|scheme| format!("{scheme}://{rest}"))).await
}

async fn capitals(cx: Cx) -> Result<(), Failure> {
    let peer = cx.peer(Behavior::Echo).await?;
    let (scheme, rest) = peer.url().split_once("://").unwrap_or_default();
    let url = format!("{}://{rest}", scheme.to_ascii_uppercase());
    let mut live = cx
        .dial_peer(peer, |_| ConnectSocketOption::new(url))
        .await?;
    live.open().await?;
    live.finish().await
}

async fn fragment(cx: Cx) -> Result<(), Failure> {
    let url = echo_url(&cx).await?;
    refuses(&cx, [format!("{url}#part"), format!("{url}#")]).await
}

async fn blank(cx: Cx) -> Result<(), Failure> {
    let url = echo_url(&cx).await?;
    let parts = [" ", "a b", "\t", "\r\n", "\0", "\u{7f}", "\u{a0}"];
    refuses(&cx, parts.map(|part| format!("{url}&x={part}"))).await
}

async fn percent(cx: Cx) -> Result<(), Failure> {
    let url = echo_url(&cx).await?;
    refuses(
        &cx,
        ["%", "%2", "%zz", "%2x"].map(|part| format!("{url}&x={part}")),
    )
    .await
}

async fn host_and_port(cx: Cx) -> Result<(), Failure> {
    let urls = [
        "", "/echo", ":80", "h:0", "h:65536", "h:x", "h:-1", "[::1", "::1",
    ];
    refuses(&cx, urls.map(|rest| format!("wss://{rest}"))).await
}

async fn user_name(cx: Cx) -> Result<(), Failure> {
    refuses(
        &cx,
        ["wss://user@host/".into(), "wss://user:secret@host/".into()],
    )
    .await
}

/// Characters that RFC 3986 and the WHATWG URL parser both leave as they are.
async fn unchanged(cx: Cx) -> Result<(), Failure> {
    let peer = cx.peer(Behavior::Echo).await?;
    let url = format!("{}&x=%E6%B1%89%20a+b", peer.url());
    let mut live = cx
        .dial_peer(peer, |_| ConnectSocketOption::new(url))
        .await?;
    live.open().await?;
    let seen = live.peer.seen(Until::Opened).await?;
    let target = seen.requests.first().map(|request| request.target.clone());
    let kept = target
        .as_ref()
        .is_some_and(|target| target.ends_with("&x=%E6%B1%89%20a+b"));
    ensure!(kept, "request target {target:?}");
    live.finish().await
}
