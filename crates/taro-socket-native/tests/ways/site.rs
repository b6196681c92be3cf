//! Servers of many paths, each answered by hand, that keep what they were asked.

use std::{
    net::SocketAddr,
    sync::{Arc, Mutex},
};

use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};

use crate::server::{listen, switching};

/// What is answered to a request for a target: by default a sound 101.
pub(crate) type Answer = Option<String>;

/// An answer that leads to `location`.
pub(crate) fn to(status: u16, location: &str) -> Answer {
    plain(status, &format!("Location: {location}\r\n"))
}

/// An answer with these fields and no body.
pub(crate) fn plain(status: u16, fields: &str) -> Answer {
    Some(format!(
        "HTTP/1.1 {status} Some phrase\r\nContent-Length: 0\r\n{fields}\r\n"
    ))
}

pub(crate) struct Site {
    scheme: &'static str,
    at: SocketAddr,
    asked: Asked,
}

/// The heads of all requests, in order.
type Asked = Arc<Mutex<Vec<String>>>;

impl Site {
    pub(crate) async fn new(answer: impl Fn(&str) -> Answer + Send + Sync + 'static) -> Self {
        let (asked, answer) = (Asked::default(), Arc::new(answer));
        let log = Arc::clone(&asked);
        let at = listen(move |_, tcp| serve(tcp, Arc::clone(&answer), Arc::clone(&log))).await;
        Self {
            scheme: "ws",
            at,
            asked,
        }
    }

    /// As `new`, over TLS.
    #[cfg(feature = "__tls")]
    pub(crate) async fn secure(
        identity: crate::authority::Identity,
        answer: impl Fn(&str) -> Answer + Send + Sync + 'static,
    ) -> Self {
        let (asked, answer) = (Asked::default(), Arc::new(answer));
        let (log, acceptor) = (Arc::clone(&asked), identity.acceptor());
        let at = listen(move |_, tcp| {
            let (acceptor, answer, log) = (acceptor.clone(), Arc::clone(&answer), Arc::clone(&log));
            async move {
                // Who refuses a certificate ends the handshake.
                if let Ok(tls) = acceptor.accept(tcp).await {
                    serve(tls, answer, log).await;
                }
            }
        })
        .await;
        Self {
            scheme: "wss",
            at,
            asked,
        }
    }

    pub(crate) fn url(&self, target: &str) -> String {
        format!("{}://{}{target}", self.scheme, self.place())
    }

    /// `host:port`.
    pub(crate) fn place(&self) -> String {
        match self.scheme {
            "wss" => format!("localhost:{}", self.at.port()),
            _ => self.at.to_string(),
        }
    }

    /// What was asked for, in order.
    pub(crate) fn targets(&self) -> Vec<String> {
        let heads = self.heads();
        let target = |head: &String| head.split(' ').nth(1).expect("a target").to_owned();
        heads.iter().map(target).collect()
    }

    pub(crate) fn heads(&self) -> Vec<String> {
        self.asked.lock().expect("no panic").clone()
    }
}

/// Answers one request, and keeps the connection until the client ends it.
pub(crate) async fn serve(
    mut stream: impl AsyncRead + AsyncWrite + Unpin,
    answer: Arc<impl Fn(&str) -> Answer>,
    asked: Asked,
) {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        match stream.read_u8().await {
            Ok(byte) => head.push(byte),
            Err(_) => return,
        }
    }
    let head = String::from_utf8(head).expect("a request is text");
    let target = head.split(' ').nth(1).expect("a target");
    let answer = answer(target).unwrap_or_else(|| switching(&head, ""));
    asked.lock().expect("no panic").push(head.clone());
    // A client that follows a redirect may have gone before all of it is written.
    if stream.write_all(answer.as_bytes()).await.is_ok() && stream.flush().await.is_ok() {
        while stream.read_u8().await.is_ok() {}
    }
}
