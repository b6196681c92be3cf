//! Servers behind proxies, and connections to them.

use std::net::SocketAddr;

use futures::{SinkExt, StreamExt};
use taro_socket_api::{CloseFrame, ConnectSocketOption, Error, SocketEvent};
use taro_socket_native::{NativeConnector, NativeConnectorBuilder, Proxy, TlsOptions};
use tokio_tungstenite::accept_async;

use crate::{
    authority::Authority,
    server::{dial_by, listen},
};

/// A WebSocket server that sends back what comes.
pub(crate) async fn echo() -> SocketAddr {
    listen(|_, tcp| async {
        if let Ok(mut socket) = accept_async(tcp).await {
            while let Some(Ok(message)) = socket.next().await {
                if message.is_close() || socket.send(message).await.is_err() {
                    break;
                }
            }
        }
    })
    .await
}

/// The same over TLS, as `localhost`.
pub(crate) async fn secure_echo(authority: &Authority) -> SocketAddr {
    let acceptor = authority.issue(&["localhost"]).acceptor();
    listen(move |_, tcp| {
        let acceptor = acceptor.clone();
        async move {
            let Ok(tls) = acceptor.accept(tcp).await else {
                return;
            };
            if let Ok(mut socket) = accept_async(tls).await {
                while let Some(Ok(message)) = socket.next().await {
                    if message.is_close() || socket.send(message).await.is_err() {
                        break;
                    }
                }
            }
        }
    })
    .await
}

pub(crate) fn trusting(authority: &Authority) -> NativeConnectorBuilder {
    let tls = TlsOptions::new()
        .only_added_roots()
        .add_root_certificate(authority.der());
    NativeConnector::builder().tls(tls)
}

/// Connects to `url` and gets one message back.
pub(crate) async fn talk(builder: NativeConnectorBuilder, url: &str) -> Result<(), Error> {
    let connector = builder.build()?;
    let task = dial_by(&connector, ConnectSocketOption::new(url)).await;
    let mut events = task.events();
    task.opened().await?;
    let text = "over the way";
    task.send(text).await?;
    loop {
        match events.next().await {
            Some(SocketEvent::Message(message)) => {
                assert_eq!(message.data.as_text(), Some(text));
                break;
            }
            Some(SocketEvent::Open(_)) => {}
            other => panic!("no message: {other:?}"),
        }
    }
    task.close(CloseFrame::default()).await?;
    Ok(())
}

/// Connects to `url` through the proxy.
pub(crate) async fn through(proxy: &str, url: &str) -> Result<(), Error> {
    let proxy = Proxy::new(proxy)?;
    talk(NativeConnector::builder().proxy(proxy), url).await
}
