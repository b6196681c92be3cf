//! Conversations that are cut off.

use super::*;

/// The error of a conversation of which the proxy says so much; then it ends, or says nothing for a minute.
async fn cut_off(said: &[u8], ends: bool) -> (Error, SocketAddr) {
    let (asked, mut was_asked) = mpsc::unbounded_channel();
    let owned = said.to_vec();
    let at = listen(move |_, mut tcp| {
        let (said, asked) = (owned.clone(), asked.clone());
        async move {
            let mut greeting = [0; 4];
            tcp.read_exact(&mut greeting).await.expect("a greeting");
            tcp.write_all(&said).await.expect("written");
            if ends {
                // An end and no reset: what the client asks is read.
                tcp.shutdown().await.expect("ended");
            }
            asked.send(()).expect("a listener");
            hold(tcp).await;
        }
    })
    .await;
    let proxy = proxy("socks5h", at).basic_auth("u", "p");
    let connector = NativeConnector::builder().proxy(proxy).build();
    let option = ConnectSocketOption::new("ws://server.invalid/").timeout(LONG);
    let clock = stop_clock();
    let task = connect_now(&connector.expect("in order"), option).expect("a task");
    was_asked.recv().await.expect("a client");
    if !ends {
        advance(LONG * 2).await;
    }
    let error = task.opened().await.expect_err("cut off");
    drop(clock);
    resume();
    (error, at)
}

/// Every beginning of a conversation, behind which the proxy ends or says nothing more.
#[tokio::test]
async fn a_conversation_that_is_cut_off_is_told() {
    let whole = [&[5, 2, 1, 0][..], OPENED].concat();
    for length in 0..whole.len() {
        for ends in [true, false] {
            let (error, at) = cut_off(&whole[..length], ends).await;
            let (kind, part) = match ends {
                true => (ErrorKind::Proxy, "before its answer was complete"),
                false => (ErrorKind::Timeout, "the proxy did not answer"),
            };
            assert_eq!(error.kind(), kind, "{length}: {error}");
            for part in [part, "server.invalid:80", &at.to_string()] {
                assert!(error.reason().contains(part), "{length}: {part}: {error}");
            }
        }
    }
}
