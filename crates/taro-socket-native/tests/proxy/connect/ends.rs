//! Proxies that end, do not answer, or are not there.

use super::*;

#[tokio::test]
async fn a_proxy_that_ends_the_connection_is_told() {
    for stage in 0..4 {
        let at = listen(move |_, mut tcp| async move {
            if stage > 0 {
                request(&mut tcp).await;
            }
            let part: &[u8] = match stage {
                0 | 1 => b"",
                2 => b"HTTP",
                _ => b"HTTP/1.1 200 OK\r\nA: b\r\n",
            };
            drop(tcp.write_all(part).await);
        })
        .await;
        let error = through(at).await.expect_err("ended");
        let told = (error.kind(), error.retry());
        assert_eq!(
            told,
            (ErrorKind::Proxy, RetryAdvice::Later),
            "{stage}: {error}"
        );
        assert!(error.reason().contains(SERVER), "{stage}: {error}");
    }
    // Behind its success it is the server that has ended.
    let at = listen(|_, mut tcp| async move {
        request(&mut tcp).await;
        tcp.write_all(b"HTTP/1.1 200 OK\r\n\r\n")
            .await
            .expect("written");
    })
    .await;
    let error = through(at).await.expect_err("ended");
    assert_eq!(error.kind(), ErrorKind::Handshake, "{error}");
}

#[tokio::test]
async fn a_proxy_that_does_not_answer_is_a_time_out() {
    for said in [&b""[..], b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1"] {
        let (asked, mut was_asked) = mpsc::unbounded_channel();
        let at = answering(move |_| {
            asked.send(()).expect("a listener");
            said.to_vec()
        })
        .await;
        let proxy = Proxy::new(format!("http://{at}")).expect("a proxy");
        let connector = NativeConnector::builder().proxy(proxy).build();
        let option = ConnectSocketOption::new("ws://server.invalid/").timeout(LONG);
        let clock = stop_clock();
        let task = connect_now(&connector.expect("in order"), option).expect("a task");
        was_asked.recv().await.expect("a client");
        advance(LONG * 2).await;
        let error = task.opened().await.expect_err("no answer");
        drop(clock);
        resume();
        assert_eq!(error.kind(), ErrorKind::Timeout, "{error}");
        for part in [
            SERVER,
            &at.to_string(),
            "the proxy did not answer",
            "proxy 120.0 s",
        ] {
            assert!(error.reason().contains(part), "{part}: {error}");
        }
        assert_eq!(task.closed().await.cause, CloseCause::Timeout);
    }
}

#[tokio::test]
async fn a_proxy_that_is_not_there_is_named() {
    let proxy = Proxy::new("http://127.0.0.1:1").expect("a proxy");
    let error = outcome(proxy, "ws://server.invalid/")
        .await
        .expect_err("nobody");
    assert_eq!(error.kind(), ErrorKind::Connect, "{error}");
    assert!(error.reason().contains("proxy 127.0.0.1:1"), "{error}");
    let proxy = Proxy::new("http://proxy.invalid").expect("a proxy");
    let error = outcome(proxy, "ws://server.invalid/")
        .await
        .expect_err("no name");
    assert_eq!(error.kind(), ErrorKind::Dns, "{error}");
    assert!(error.reason().contains("proxy proxy.invalid:80"), "{error}");
}
