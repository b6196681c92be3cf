//! From the dial to open or failure.

use super::*;

#[test]
fn the_peer_sees_the_request_and_the_task_its_answer() {
    let mock = MockConnector::new();
    let mut header = taro_socket_api::Header::new();
    header.append("X-Served-By", "mock");
    let event = OpenEvent::new(header, Some("b".into()));
    let peer = mock.script(|script| script.open_with(event));
    let asked = option()
        .header("Authorization", "token")
        .protocols(["a", "b"])
        .tcp_no_delay(true);
    let opened = run(&mock, async {
        let task = connect_with(&mock, asked).await?;
        assert_eq!(task.ready_state(), ReadyState::Connecting);
        task.opened().await
    });
    assert_eq!(opened.protocol.as_deref(), Some("b"));
    assert_eq!(opened.header.get("x-served-by"), Some("mock"));
    let [request] = &peer.requests()[..] else {
        panic!("one request")
    };
    assert_eq!(request.header.get("authorization"), Some("token"));
    assert_eq!(request.protocols, ["a", "b"]);
    assert_eq!(request.tcp_no_delay, Some(true));
}

#[test]
fn scripts_go_to_their_url_first_then_in_order() {
    let mock = MockConnector::new();
    let any = mock.script(Script::open);
    let own = mock.script_for("WS://peer.test/chat", Script::open);
    run(&mock, async {
        connect_with(&mock, option()).await?.opened().await
    });
    assert_eq!((own.requests().len(), any.requests().len()), (1, 0));
    let error = mock.verify().unwrap_err();
    assert!(error.to_string().contains("no connection"), "{error}");
}

#[test]
fn without_a_script_the_failure_says_so() {
    let mock = MockConnector::new();
    let error = mock
        .clock()
        .block_on(async { connect_with(&mock, option()).await?.opened().await })
        .unwrap()
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Connect);
    let source = std::error::Error::source(&error).and_then(|source| source.downcast_ref());
    let url = "ws://peer.test/chat".to_owned();
    assert_eq!(source, Some(&MockError::NoScript { url }));
}

#[test]
fn unsound_answers_fail_the_handshake() {
    for answer in [
        Answer::refuse(401, "who are you?").header("WWW-Authenticate", "Basic"),
        Answer::accept().wrong_accept(),
        Answer::accept().protocol("never-offered"),
        Answer::accept().header("Sec-WebSocket-Extensions", "x"),
    ] {
        let mock = MockConnector::new();
        let status = answer.status;
        mock.serve(move |peer: PeerSocket| {
            let answer = answer.clone();
            async move {
                peer.answer(answer);
                peer.hold().await;
            }
        });
        let error = run(&mock, async {
            let task = connect_with(&mock, option()).await?;
            let error = task.opened().await.unwrap_err();
            let close = task.closed().await;
            assert_eq!(close, CloseEvent::abnormal(CloseCause::Transport));
            Ok(error)
        });
        assert_eq!(error.kind(), ErrorKind::Handshake);
        assert_eq!(error.response().is_some(), status != 101);
    }
}

#[test]
fn close_while_connecting_never_opens() {
    let mock = MockConnector::new();
    mock.script(|script| script.delay(SECOND).open());
    let task = run(&mock, connect_with(&mock, option()));
    drop(task.close(CloseFrame::default()));
    assert_eq!(
        close_of(&mock, &task),
        requested(CloseEvent::abnormal(CloseCause::Local))
    );
    mock.clock().advance(SECOND * 2).unwrap();
    assert_eq!(task.ready_state(), ReadyState::Closed);
}

#[test]
fn missing_capabilities_are_refused_or_hidden() {
    let capabilities = CapabilitySet::of(&[Capability::PlainWs]);
    let mock = MockConnector::new().with_capabilities(capabilities);
    let refused = mock
        .clock()
        .block_on(connect_with(&mock, option().header("a", "b")))
        .unwrap();
    assert_eq!(refused.unwrap_err().kind(), ErrorKind::Unsupported);
    let mut event = OpenEvent::default();
    event.header.append("a", "b");
    mock.script(|script| script.open_with(event));
    let opened = run(&mock, async {
        connect_with(&mock, option()).await?.opened().await
    });
    assert!(opened.header.is_empty());
}
