//! Arguments: request headers. Malformed ones are refused on every platform, whatever it can send.

use taro_socket_api::{ConnectSocketOption, ErrorKind};

use crate::{Behavior, Cx, Failure};

const COVERS: &[&str] = &["connectSocket", "ConnectSocketOption.header"];

cases! {
    "arguments/header/handshake-fields", "RFC 6455 §4.1", SkipsArgumentCheck => handshake_fields, COVERS;
    "arguments/header/referer", "Taro docs, connectSocket header", SkipsArgumentCheck => referer, COVERS;
    "arguments/header/name-not-a-token", "RFC 9110 §5.6.2", SkipsArgumentCheck => not_a_token, COVERS;
    "arguments/header/name-twice", "RFC 9110 §5.2", SkipsArgumentCheck => twice, COVERS;
    "arguments/header/blanks-around-value", "RFC 9110 §5.5", SkipsArgumentCheck => blanks, COVERS;
    "arguments/timeout/zero", "Taro docs, connectSocket timeout", SkipsArgumentCheck => timeout_zero, &["connectSocket", "ConnectSocketOption.timeout"];
}

async fn refuses(cx: &Cx, headers: &[(&str, &str)]) -> Result<(), Failure> {
    let peer = cx.peer(Behavior::Echo).await?;
    for (name, value) in headers {
        let option = ConnectSocketOption::new(peer.url()).header(*name, *value);
        cx.refuses(&peer, option, ErrorKind::InvalidArgument)
            .await?;
    }
    cx.still_works().await
}

async fn handshake_fields(cx: Cx) -> Result<(), Failure> {
    let names = [
        "Host",
        "connection",
        "UPGRADE",
        "Sec-WebSocket-Key",
        "sec-websocket-version",
        "Sec-WebSocket-Protocol",
        "Sec-WebSocket-Extensions",
        "Content-Length",
        "Transfer-Encoding",
    ];
    refuses(&cx, &names.map(|name| (name, "x"))).await
}

async fn referer(cx: Cx) -> Result<(), Failure> {
    refuses(&cx, &[("Referer", "x"), ("referer", "x")]).await
}

async fn not_a_token(cx: Cx) -> Result<(), Failure> {
    let names = ["", " ", "a b", "a:b", "(a)", "é", "a\u{7f}"];
    refuses(&cx, &names.map(|name| (name, "x"))).await
}

async fn twice(cx: Cx) -> Result<(), Failure> {
    let peer = cx.peer(Behavior::Echo).await?;
    let option = ConnectSocketOption::new(peer.url());
    let option = option.header("X-Token", "1").header("x-token", "2");
    cx.refuses(&peer, option, ErrorKind::InvalidArgument)
        .await?;
    cx.still_works().await
}

async fn blanks(cx: Cx) -> Result<(), Failure> {
    refuses(
        &cx,
        &[" x", "x ", "\tx", "x\t"].map(|value| ("X-Token", value)),
    )
    .await
}

async fn timeout_zero(cx: Cx) -> Result<(), Failure> {
    let peer = cx.peer(Behavior::Echo).await?;
    let option = ConnectSocketOption::new(peer.url()).timeout(std::time::Duration::ZERO);
    cx.refuses(&peer, option, ErrorKind::InvalidArgument)
        .await?;
    cx.still_works().await
}
