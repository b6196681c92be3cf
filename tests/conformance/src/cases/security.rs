//! What must not get through.

use taro_socket_api::{ConnectSocketOption, ErrorKind};

use crate::{Behavior, Cx, Failure, Until};

cases! {
    "security/injection/header-value", "RFC 9110 §5.5", SkipsArgumentCheck => header_value, &["ConnectSocketOption.header"];
    "security/injection/header-name", "RFC 9110 §5.6.2", SkipsArgumentCheck => header_name, &["ConnectSocketOption.header"];
    "security/injection/subprotocol", "RFC 6455 §4.1", SkipsArgumentCheck => subprotocol, &["ConnectSocketOption.protocols"];
    "security/injection/url", "RFC 3986 §2", DecodesUrl => url, &["ConnectSocketOption.url"];
    "security/injection/escaped-url", "RFC 3986 §2.1", NeverOpens => escaped_url, &["ConnectSocketOption.url"];
    "security/fresh-key-per-connection", "RFC 6455 §4.1", NeverOpens => fresh_key, &["connectSocket"], network();
}

const BREAKS: [&str; 5] = ["\r\nX-Injected: 1", "\nX-Injected: 1", "\r", "\0", "\u{7f}"];

async fn header_value(cx: Cx) -> Result<(), Failure> {
    let peer = cx.peer(Behavior::Echo).await?;
    for text in BREAKS {
        let option = ConnectSocketOption::new(peer.url()).header("X-Token", format!("a{text}b"));
        cx.refuses(&peer, option, ErrorKind::InvalidArgument)
            .await?;
    }
    cx.still_works().await
}

async fn header_name(cx: Cx) -> Result<(), Failure> {
    let peer = cx.peer(Behavior::Echo).await?;
    for text in BREAKS {
        let option = ConnectSocketOption::new(peer.url()).header(format!("X-Token{text}"), "1");
        cx.refuses(&peer, option, ErrorKind::InvalidArgument)
            .await?;
    }
    cx.still_works().await
}

async fn subprotocol(cx: Cx) -> Result<(), Failure> {
    let peer = cx.peer(Behavior::Echo).await?;
    for text in BREAKS {
        let option = ConnectSocketOption::new(peer.url()).protocols([format!("chat{text}")]);
        cx.refuses(&peer, option, ErrorKind::InvalidArgument)
            .await?;
    }
    cx.still_works().await
}

/// Line breaks are dropped, and what else is no URL is encoded.
async fn url(cx: Cx) -> Result<(), Failure> {
    for text in BREAKS {
        let peer = cx.peer(Behavior::Echo).await?;
        let url = format!("{}&x={text}y", peer.url());
        let mut live = cx
            .dial_peer(peer, |_| ConnectSocketOption::new(url))
            .await?;
        live.open().await?;
        let seen = live.peer.seen(Until::Opened).await?;
        let request = seen.requests.first();
        let injected = request.and_then(|request| request.header("X-Injected"));
        ensure_eq!(injected, None, "injected header");
        let sound = request
            .is_some_and(|request| request.target.bytes().all(|byte| byte.is_ascii_graphic()));
        ensure!(sound, "request {request:?}");
        live.finish().await?;
    }
    Ok(())
}

/// An escaped line break stays escaped.
async fn escaped_url(cx: Cx) -> Result<(), Failure> {
    let peer = cx.peer(Behavior::Echo).await?;
    let url = format!("{}&x=%0d%0aX-Injected:%201", peer.url());
    let mut live = cx
        .dial_peer(peer, |_| ConnectSocketOption::new(url))
        .await?;
    live.open().await?;
    let seen = live.peer.seen(Until::Opened).await?;
    let request = seen.requests.first();
    let injected = request.and_then(|request| request.header("X-Injected"));
    ensure_eq!(injected, None, "injected header");
    // A host may write the digits of an escape in either case (RFC 3986 §2.1).
    let target = request.map(|request| request.target.to_ascii_lowercase());
    let kept = target.is_some_and(|target| target.ends_with("&x=%0d%0ax-injected:%201"));
    ensure!(kept, "request {request:?}");
    live.finish().await
}

async fn fresh_key(cx: Cx) -> Result<(), Failure> {
    let mut keys = Vec::new();
    for _ in 0..3 {
        let mut live = cx.open(Behavior::Echo).await?;
        let seen = live.peer.seen(Until::Opened).await?;
        let key = seen
            .requests
            .first()
            .and_then(|request| request.header("Sec-WebSocket-Key"));
        let Some(key) = key.map(str::to_owned) else {
            return Err(Failure::new("no Sec-WebSocket-Key"));
        };
        ensure!(!keys.contains(&key), "the key {key} came twice");
        keys.push(key);
        live.finish().await?;
    }
    Ok(())
}
