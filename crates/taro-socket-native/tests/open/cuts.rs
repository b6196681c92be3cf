//! A server that restarts ends connections at any point of the handshake; that is never advised to be the end.

use std::time::Duration;

use taro_socket_api::{ConnectSocketOption, Error, ErrorKind, RetryAdvice, connect_with};
use taro_socket_native::NativeConnector;
use tokio::{io::AsyncWriteExt, net::TcpStream};

use crate::server::{hold, listen, outcome, request, switching};

#[derive(Clone, Copy, Debug, PartialEq)]
enum Cut {
    AtOnce,
    AfterRequest,
    WithinAnswer,
}

const CUTS: [Cut; 3] = [Cut::AtOnce, Cut::AfterRequest, Cut::WithinAnswer];

async fn cut(mut tcp: TcpStream, cut: Cut, reset: bool) {
    if cut != Cut::AtOnce {
        // Over TLS this is the first byte of the ClientHello, whose rest is never answered.
        let _ = tcp.readable().await;
        let mut read = [0; 4096];
        let _ = tcp.try_read(&mut read);
    }
    if cut == Cut::WithinAnswer {
        tcp.write_all(b"HTTP/1.1 101 Swit").await.expect("written");
    }
    if reset {
        tcp.set_zero_linger().expect("an option");
    }
}

#[tokio::test]
async fn an_end_before_the_answer_is_complete_is_tried_again_later() {
    for how in CUTS {
        for reset in [false, true] {
            let at = listen(move |_, tcp| cut(tcp, how, reset)).await;
            let error = outcome("ws", at).await.expect_err("cut");
            told_as(&error, ErrorKind::Handshake, &at.to_string());
        }
    }
}

#[tokio::test]
async fn an_end_within_the_tls_handshake_is_tried_again_later() {
    for how in [Cut::AtOnce, Cut::AfterRequest] {
        for reset in [false, true] {
            let at = listen(move |_, tcp| cut(tcp, how, reset)).await;
            let error = outcome("wss", at).await.expect_err("cut");
            told_as(&error, ErrorKind::Tls, &at.to_string());
        }
    }
}

#[tokio::test]
async fn an_end_within_a_tls_record_is_tried_again_later() {
    // The head of a record and half of what it announces.
    let at = listen(|_, mut tcp| async move {
        let _ = tcp.readable().await;
        let _ = tcp.try_read(&mut [0; 4096]);
        tcp.write_all(b"\x16\x03\x03\0\x40\x02\0\0")
            .await
            .expect("written");
    })
    .await;
    let error = outcome("wss", at).await.expect_err("cut");
    told_as(&error, ErrorKind::Tls, &at.to_string());
}

fn told_as(error: &Error, kind: ErrorKind, place: &str) {
    assert_eq!(
        (error.kind(), error.retry()),
        (kind, RetryAdvice::Later),
        "{error:?}"
    );
    assert!(error.reason().contains(place), "where: {error}");
    assert!(
        error.reason().contains("try again later"),
        "what helps: {error}"
    );
}

/// The loop that the documentation of `taro-socket` shows, up to the first open.
async fn connect_again(url: &str) -> Result<u32, Error> {
    let connector = NativeConnector::new();
    for attempt in 1.. {
        let task = connect_with(&connector, ConnectSocketOption::new(url)).await?;
        match task.opened().await {
            Ok(_) => return Ok(attempt),
            Err(error) if error.retry() == RetryAdvice::Never => return Err(error),
            Err(_) => tokio::time::sleep(Duration::from_millis(1)).await,
        }
    }
    unreachable!("attempts do not end")
}

#[tokio::test]
async fn the_documented_loop_survives_a_restart() {
    for how in CUTS {
        for reset in [false, true] {
            let at = listen(move |number, mut tcp| async move {
                if number < 2 {
                    return cut(tcp, how, reset).await;
                }
                let request = request(&mut tcp).await;
                let answer = switching(&request, "");
                tcp.write_all(answer.as_bytes()).await.expect("written");
                hold(tcp).await;
            })
            .await;
            let attempts = connect_again(&format!("ws://{at}/")).await;
            assert_eq!(attempts.expect("open"), 3, "{how:?}, reset {reset}");
        }
    }
}
