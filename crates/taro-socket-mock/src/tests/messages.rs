//! Both directions.

use super::*;

#[test]
fn an_unmet_expectation_is_told_on_both_sides() {
    let mock = MockConnector::new();
    let peer = mock.script(|script| script.open().expect_send("hello"));
    let error = run(&mock, async {
        let task = connect_with(&mock, option()).await?;
        task.opened().await?;
        task.send("hallo").await?;
        let mut events = task.events();
        loop {
            if let Some(SocketEvent::Error(event)) = events.next().await {
                return Ok(event.error);
            }
        }
    });
    let expected = MockError::Unmet {
        step: 2,
        expected: "text \"hello\"".into(),
        came: "text \"hallo\"".into(),
    };
    assert_eq!(error.kind(), ErrorKind::Aborted);
    assert_eq!(error.reason(), expected.to_string());
    assert_eq!(peer.verify(), Err(expected));
    assert_eq!(peer.messages(), ["hallo".into()]);
}

#[test]
fn a_script_that_still_waits_is_not_verified() {
    let mock = MockConnector::new();
    let task = open(&mock, |script| script.expect_close(1000, ""));
    mock.clock().run_until_idle().unwrap();
    let error = mock.verify().unwrap_err();
    let text = "step 2 expected close 1000 \"\", but nothing came";
    assert_eq!(error.to_string(), text);
    drop(task);
    mock.clock().run_until_idle().unwrap();
    mock.verify().expect("dropping the task closes with 1000");
}

#[test]
fn sends_wait_before_a_stalled_peer() {
    let mock = MockConnector::new();
    let bounded = option().limits(limits(|limits| limits.max_queued_bytes = 10));
    let task = open_with(&mock, bounded, |script| {
        script
            .stall()
            .delay(SECOND)
            .resume()
            .expect_send("12345678")
    });
    run(&mock, async {
        task.send("12345678").await?;
        mock.clock().advance(SECOND / 2).expect("it ends");
        assert_eq!(task.buffered_amount(), 8);
        let error = task.send("90!").await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::LimitExceeded);
        mock.clock().advance(SECOND).expect("it ends");
        assert_eq!(task.buffered_amount(), 0);
        Ok(())
    });
    mock.verify().unwrap();
}

#[test]
fn unsent_messages_are_aborted_before_the_end_is_told() {
    let mock = MockConnector::new();
    let task = open(&mock, |script| {
        script.stall().delay(SECOND).drop_connection()
    });
    mock.clock().run_until_idle().unwrap();
    let log = Arc::new(Mutex::new(Vec::new()));
    let (on_fail, on_close) = (Arc::clone(&log), Arc::clone(&log));
    task.send_with(SendOption::new("x").fail(move |error| {
        on_fail.lock().unwrap().push(error.err_msg());
    }));
    task.on_close(move |event| on_close.lock().unwrap().push(event.code.to_string()));
    mock.clock().advance(SECOND).unwrap();
    let text = "sendSocketMessage:fail the connection ended before the action was carried out";
    assert_eq!(*log.lock().unwrap(), [text, "1006"]);
}

#[test]
fn reading_pauses_while_a_consumer_is_behind() {
    let mock = MockConnector::new();
    let bounded = option().limits(limits(|limits| limits.max_buffered_messages = 4));
    let task = open_with(&mock, bounded, |script| {
        (0..100).fold(script.delay(SECOND), |script, n: u8| script.reply(vec![n]))
    });
    let mut events = task.events();
    mock.clock().advance(SECOND * 2).unwrap();
    let numbers = run(&mock, async {
        let mut numbers = Vec::new();
        while numbers.len() < 100 {
            match events.next().await {
                Some(SocketEvent::Message(event)) => numbers.extend(event.data.into_bytes()),
                Some(SocketEvent::Open(_)) => {}
                other => panic!("{other:?}"),
            }
        }
        Ok(numbers)
    });
    assert_eq!(numbers, (0..100).collect::<Vec<u8>>());
}

#[test]
fn where_reading_cannot_pause_the_limit_ends_the_connection() {
    let capabilities = CapabilitySet::of(&[Capability::PlainWs]);
    let mock = MockConnector::new().with_capabilities(capabilities);
    let bounded = option().limits(limits(|limits| limits.max_buffered_messages = 4));
    let task = open_with(&mock, bounded, |script| {
        (0..100).fold(script, |script, n: u8| script.reply(vec![n]))
    });
    let error = run(&mock, async {
        let mut events = task.events();
        // Nobody reads meanwhile.
        task.closed().await;
        loop {
            if let Some(SocketEvent::Error(event)) = events.next().await {
                return Ok(event.error);
            }
        }
    });
    assert_eq!(error.kind(), ErrorKind::LimitExceeded);
}

#[test]
fn pings_are_answered_and_breaches_are_told() {
    let mock = MockConnector::new();
    let log = Arc::new(Mutex::new(Vec::new()));
    let seen = Arc::clone(&log);
    mock.serve(move |peer: PeerSocket| {
        let seen = Arc::clone(&seen);
        async move {
            peer.accept();
            peer.send_frame(Frame::new(Frame::PING, &b"p"[..]));
            let mut unsound = Frame::message("x".into());
            unsound.masked = true;
            peer.send_frame(unsound);
            loop {
                let event = peer.recv().await;
                seen.lock().unwrap().push(event.clone());
                if event == PeerEvent::End {
                    return;
                }
            }
        }
    });
    run(&mock, async {
        let task = connect_with(&mock, option()).await?;
        let close = task.closed().await;
        assert_eq!(close, CloseEvent::abnormal(CloseCause::Transport));
        Ok(())
    });
    mock.clock().run_until_idle().unwrap();
    let seen = log.lock().unwrap();
    let [
        PeerEvent::Pong(payload),
        PeerEvent::Close(close),
        PeerEvent::End,
    ] = &seen[..]
    else {
        panic!("{seen:?}")
    };
    assert_eq!((&payload[..], close.code), (&b"p"[..], Some(1002)));
}
