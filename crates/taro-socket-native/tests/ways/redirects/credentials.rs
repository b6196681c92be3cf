//! What goes along to another origin, and what does not.

use taro_socket_api::ConnectSocketOption;
use taro_socket_native::NativeConnectorBuilder;

use super::following;
use crate::{
    server::dial_by,
    site::{Site, to},
};

const CREDENTIALS: [&str; 3] = ["Authorization", "COOKIE", "proxy-authorization"];

async fn dial(builder: NativeConnectorBuilder, url: String) {
    let option = CREDENTIALS
        .iter()
        .fold(ConnectSocketOption::new(url), |option, name| {
            option.header(*name, "SECRET")
        });
    let option = option
        .header("Origin", "https://app.example")
        .header("X-Own", "kept")
        .protocols(["chat"]);
    let connector = builder.build().expect("a connector");
    let task = dial_by(&connector, option).await;
    // The servers select no subprotocol, which a client does not take: by then they have been asked.
    let error = task.opened().await.expect_err("no subprotocol");
    assert!(
        error.reason().contains("none of the subprotocols"),
        "{error}"
    );
}

fn has_credentials(head: &str) -> bool {
    let all = CREDENTIALS.map(|name| head.contains(&format!("\r\n{name}: SECRET\r\n")));
    assert!(all == [true; 3] || all == [false; 3], "all or none: {head}");
    assert_eq!(head.contains("SECRET"), all[0], "{head}");
    for kept in [
        "X-Own: kept",
        "Origin: https://app.example",
        "Sec-WebSocket-Protocol: chat",
    ] {
        assert!(head.contains(kept), "{kept}: {head}");
    }
    all[0]
}

fn host(head: &str) -> &str {
    let host = head.lines().find_map(|line| line.strip_prefix("Host: "));
    host.expect("a Host")
}

#[tokio::test]
async fn credentials_stay_at_their_origin() {
    let site = Site::new(|target| match target {
        "/a" => to(302, "/b"),
        _ => None,
    })
    .await;
    dial(following(), site.url("/a")).await;
    let heads = site.heads();
    assert_eq!(
        heads
            .iter()
            .map(|head| has_credentials(head))
            .collect::<Vec<_>>(),
        [true, true]
    );
}

/// Another port is another origin, and so is the first one for whom it sends back.
#[tokio::test]
async fn credentials_do_not_cross_origins_nor_come_back() {
    let (tell, back) = std::sync::mpsc::channel::<String>();
    let back = std::sync::Mutex::new(back);
    let other = Site::new(move |_| {
        let back = back.lock().expect("no panic").recv().expect("told");
        to(307, &back)
    })
    .await;
    let there = other.url("/there");
    let site = Site::new(move |target| match target {
        "/a" => to(307, &there),
        _ => None,
    })
    .await;
    tell.send(site.url("/back")).expect("heard");
    dial(following().host("inner.example"), site.url("/a")).await;
    let (heads, others) = (site.heads(), other.heads());
    let seen: Vec<_> = [&heads[0], &others[0], &heads[1]]
        .into_iter()
        .map(|head| (has_credentials(head), host(head).to_owned()))
        .collect();
    let expected = [
        (true, "inner.example".to_owned()),
        (false, other.place()),
        (false, site.place()),
    ];
    assert_eq!(seen, expected);
}

/// The key of the handshake is a new one each time.
#[tokio::test]
async fn each_place_is_asked_anew() {
    let site = Site::new(|target| match target {
        "/a" => to(302, "/b"),
        _ => None,
    })
    .await;
    dial(following(), site.url("/a")).await;
    let keys: Vec<_> = site
        .heads()
        .iter()
        .map(|head| {
            let key = head
                .lines()
                .find_map(|line| line.strip_prefix("Sec-WebSocket-Key: "));
            key.expect("a key").to_owned()
        })
        .collect();
    assert_ne!(keys[0], keys[1]);
}
