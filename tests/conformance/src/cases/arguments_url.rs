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
    "arguments/url/http-stands-for-ws", WHATWG, NeverOpens => http, URL;
    "arguments/url/fragment", WHATWG, SkipsArgumentCheck => fragment, URL;
    "arguments/url/blanks-and-line-ends", "WHATWG URL §4.4", NeverOpens => blanks, URL;
    "arguments/url/dot-segments", "WHATWG URL §4.4", KeepsDotSegments => dots, URL;
    "arguments/url/is-encoded", "RFC 6455 §11.1.1", DecodesUrl => encoded, URL;
    "arguments/url/stays-encoded", "WHATWG URL §1.3", DecodesUrl => stays_encoded, URL;
    "arguments/url/host-and-port", "WHATWG URL §3.5", SkipsArgumentCheck => host_and_port, URL;
    "arguments/url/ip-address", "WHATWG URL §3.5", SkipsArgumentCheck => ip_address, URL;
    "arguments/url/user-name", "taro-socket, SocketUrl", SkipsArgumentCheck => user_name, URL;
    "arguments/url/refusal-keeps-the-query", "taro-socket, SocketUrl", SkipsArgumentCheck => keeps_the_query, URL;
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
        ["nonsense", "localhost:1", "/echo", "://", "ws:", "//h/"].map(str::to_owned),
    )
    .await
}

async fn other_scheme(cx: Cx) -> Result<(), Failure> {
    let url = echo_url(&cx).await?;
    let rest = url.split_once("://").map_or("", |(_, rest)| rest);
    let schemes = ["file", "ftp", "wsx", "ws+unix"];
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

/// The target that reaches the peer of `url`, which is made of the peer's own.
async fn target(cx: &Cx, url: impl FnOnce(&str) -> String) -> Result<(String, String), Failure> {
    let peer = cx.peer(Behavior::Echo).await?;
    let own = peer.url().to_owned();
    let url = url(&own);
    let mut live = cx
        .dial_peer(peer, |_| ConnectSocketOption::new(url))
        .await?;
    live.open().await?;
    let seen = live.peer.seen(Until::Opened).await?;
    live.finish().await?;
    let request = seen.requests.into_iter().next();
    let target = request.map(|request| request.target);
    let path = own.split('/').skip(3).collect::<Vec<_>>().join("/");
    Ok((target.unwrap_or_default(), format!("/{path}")))
}

async fn http(cx: Cx) -> Result<(), Failure> {
    let (seen, own) = target(&cx, |url| url.replacen("ws", "http", 1)).await?;
    ensure_eq!(seen, own, "request target");
    Ok(())
}

async fn blanks(cx: Cx) -> Result<(), Failure> {
    let (seen, own) = target(&cx, |url| {
        format!(" \n{}\t\r\n\0 ", url.replacen("/echo", "/ec\r\nh\to", 1))
    })
    .await?;
    ensure_eq!(seen, own, "request target");
    Ok(())
}

async fn dots(cx: Cx) -> Result<(), Failure> {
    let (seen, own) = target(&cx, |url| {
        url.replacen("/echo", "/../a/./b/%2E%2e/..\\.\\echo", 1)
    })
    .await?;
    ensure_eq!(seen, own, "request target");
    Ok(())
}

/// What the syntax of a URL excludes is converted, the same on every platform.
async fn encoded(cx: Cx) -> Result<(), Failure> {
    let (seen, own) = target(&cx, |url| format!("{url}&x=a b{{\"c\"|d}}小明<'>\u{7f}")).await?;
    let right = format!("{own}&x=a%20b{{%22c%22|d}}%E5%B0%8F%E6%98%8E%3C%27%3E%7F");
    ensure_eq!(seen, right, "request target");
    Ok(())
}

/// What is encoded already, and a `%` that encodes nothing.
async fn stays_encoded(cx: Cx) -> Result<(), Failure> {
    let rest = "&x=%E6%B1%89%20a+b&y=100%&z=%2&w=%zz";
    let (seen, own) = target(&cx, |url| format!("{url}{rest}")).await?;
    ensure_eq!(seen, format!("{own}{rest}"), "request target");
    Ok(())
}

async fn host_and_port(cx: Cx) -> Result<(), Failure> {
    let urls = [
        "",
        "?a",
        ":80",
        "h:65536",
        "h:x",
        "h:-1",
        "h: 1",
        "a b",
        "a%2fb",
        "a%00",
        "a|b",
        "a<b",
        "\u{ad}",
        "\u{ff0f}a",
    ];
    refuses(&cx, urls.map(|rest| format!("wss://{rest}"))).await
}

async fn ip_address(cx: Cx) -> Result<(), Failure> {
    let urls = [
        "256.1.1.1",
        "1.2.3.4.5",
        "1.2.3.08",
        "0x100000000",
        "a.1",
        "[::1",
        "::1",
        "[]",
        "[1::2::3]",
        "[::1%25lo]",
    ];
    refuses(&cx, urls.map(|rest| format!("wss://{rest}/"))).await
}

async fn user_name(cx: Cx) -> Result<(), Failure> {
    refuses(
        &cx,
        ["wss://user@host/".into(), "wss://user:secret@host/".into()],
    )
    .await
}

/// An error goes into logs, where a token is not to be.
async fn keeps_the_query(cx: Cx) -> Result<(), Failure> {
    let peer = cx.peer(Behavior::Echo).await?;
    for url in [
        "wss://a b/?token=secret",
        "nonsense?token=secret",
        "wss://h/?token=secret#part",
    ] {
        let option = ConnectSocketOption::new(url);
        let error = cx
            .refuses(&peer, option, ErrorKind::InvalidArgument)
            .await?;
        let text = format!("{error} {error:?} {}", error.err_msg());
        ensure!(!text.contains("secret"), "{text}");
    }
    cx.still_works().await
}
