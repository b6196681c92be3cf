//! Each place is asked through the proxy that is for it.

use std::sync::{Arc, Mutex};

use taro_socket_native::Proxy;
use tokio::{
    io::{AsyncWriteExt as _, copy_bidirectional},
    net::TcpStream,
};

use super::{following, outcome};
use crate::{
    server::{listen, request},
    site::{Site, to},
};

#[tokio::test]
async fn proxies_are_chosen_anew_at_each_place() {
    let asked = Arc::new(Mutex::new(Vec::new()));
    let log = Arc::clone(&asked);
    let proxy = listen(move |_, mut tcp| {
        let log = Arc::clone(&log);
        async move {
            let head = request(&mut tcp).await;
            let target = head.split(' ').nth(1).expect("a target").to_owned();
            let mut server = TcpStream::connect(&target).await.expect("a server");
            log.lock().expect("no panic").push(target);
            let answer = b"HTTP/1.1 200 Connected\r\n\r\n";
            tcp.write_all(answer).await.expect("written");
            drop(copy_bidirectional(&mut tcp, &mut server).await);
        }
    })
    .await;
    let last = Site::new(|_| None).await;
    let location = last.url("/c");
    let direct = Site::new(move |_| to(307, &location)).await;
    let location = direct.url("/b");
    let first = Site::new(move |_| to(307, &location)).await;
    let chosen = Proxy::new(format!("http://{proxy}")).expect("a proxy");
    let builder = following().proxy(chosen.no_proxy(direct.place()));
    outcome(builder, first.url("/a")).await.expect("followed");
    let asked = asked.lock().expect("no panic").clone();
    assert_eq!(asked, [first.place(), last.place()]);
    assert_eq!(direct.targets(), ["/b"]);
}
