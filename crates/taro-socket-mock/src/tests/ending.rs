//! The end.

use super::*;

#[test]
fn a_silent_peer_costs_the_close_timeout() {
    let mock = MockConnector::new();
    let task = open(&mock, Script::half_open);
    drop(task.close(CloseFrame::default()));
    let close = close_of(&mock, &task);
    assert_eq!(close, requested(CloseEvent::abnormal(CloseCause::Timeout)));
    assert_eq!(mock.clock().now(), Limits::default().close_timeout);
}

#[test]
fn queued_messages_leave_before_the_close() {
    let mock = MockConnector::new();
    let task = open(&mock, |script| {
        script
            .stall()
            .delay(SECOND)
            .resume()
            .echo(0)
            .expect_send("a")
            .expect_send("b")
            .expect_close(4000, "c")
    });
    mock.clock().run_until_idle().unwrap();
    for text in ["a", "b"] {
        task.send_with(SendOption::new(text));
    }
    drop(task.close(CloseFrame::new(4000, "c").unwrap()));
    let close = close_of(&mock, &task);
    assert_eq!(
        close,
        requested(CloseEvent::clean(Some(4000), "c", CloseCause::Local))
    );
    mock.verify().unwrap();
}

#[test]
fn the_peers_close_is_told_and_answered() {
    let mock = MockConnector::new();
    let task = open(&mock, |script| script.close_with(4001, "bye"));
    let close = close_of(&mock, &task);
    assert_eq!(
        close,
        CloseEvent::clean(Some(4001), "bye", CloseCause::Remote)
    );
    mock.clock().run_until_idle().unwrap();
    mock.verify().unwrap();
}

#[test]
fn a_dropped_connection_is_a_transport_error() {
    let mock = MockConnector::new();
    let task = open(&mock, |script| script.delay(SECOND).drop_connection());
    let log = Arc::new(Mutex::new(Vec::new()));
    let pen = Arc::clone(&log);
    task.on_error(move |event| pen.lock().unwrap().push(event.error.kind()));
    assert_eq!(
        close_of(&mock, &task),
        CloseEvent::abnormal(CloseCause::Transport)
    );
    assert_eq!(*log.lock().unwrap(), [ErrorKind::Transport]);
}

#[test]
fn dropping_the_clock_ends_every_connection() {
    let mock = MockConnector::new();
    let task = open(&mock, |script| script);
    let log = Arc::new(Mutex::new(Vec::new()));
    let (on_fail, on_close) = (Arc::clone(&log), Arc::clone(&log));
    task.send_with(SendOption::new("x").fail(move |error| {
        on_fail.lock().unwrap().push(error.kind().to_string());
    }));
    task.on_close(move |event| on_close.lock().unwrap().push(event.code.to_string()));
    drop(mock);
    assert_eq!(task.ready_state(), ReadyState::Closed);
    assert_eq!(
        *log.lock().unwrap(),
        [ErrorKind::Aborted.to_string(), "1006".to_owned()]
    );
}

#[test]
fn a_handler_may_close_the_task_it_belongs_to() {
    let mock = MockConnector::new();
    let task = open(&mock, |script| {
        script.delay(SECOND).reply("now").expect_close(3001, "")
    });
    let weak = Arc::downgrade(&task);
    task.on_message(move |_| {
        let task = weak.upgrade().expect("the test holds it");
        drop(task.close(CloseFrame::new(3001, "").expect("3001 is allowed")));
    });
    assert!(close_of(&mock, &task).was_clean);
}

#[test]
fn a_flush_is_told_once_all_before_it_has_left() {
    let mock = MockConnector::new();
    let task = open(&mock, |script| {
        script.stall().delay(SECOND).resume().expect_send("a")
    });
    mock.clock().run_until_idle().unwrap();
    run(&mock, async {
        drop(task.send("a"));
        task.flush().await?;
        assert_eq!(mock.clock().now(), SECOND);
        task.flush().await
    });
    mock.verify().unwrap();
}

#[test]
fn a_flush_is_aborted_by_the_end() {
    let mock = MockConnector::new();
    let task = open(&mock, |script| {
        script.stall().delay(SECOND).drop_connection()
    });
    mock.clock().run_until_idle().unwrap();
    drop(task.send("a"));
    let flushed = mock.clock().block_on(task.flush()).unwrap();
    assert_eq!(flushed.unwrap_err().kind(), ErrorKind::Aborted);
}

#[test]
fn abort_ends_without_a_word_to_the_peer() {
    let mock = MockConnector::new();
    let peer = mock.script(|script| script.open().stall());
    let task = run(&mock, connect_with(&mock, option()));
    run(&mock, task.opened());
    drop(task.send("x"));
    task.abort();
    let close = close_of(&mock, &task);
    assert_eq!(close, requested(CloseEvent::abnormal(CloseCause::Local)));
    assert_eq!(mock.clock().now(), Duration::ZERO);
    mock.clock().run_until_idle().unwrap();
    assert_eq!((peer.close_frame(), peer.messages()), (None, Vec::new()));
}

#[test]
fn the_last_handle_asks_for_the_end() {
    let mock = MockConnector::new();
    let task = open(&mock, |script| script.expect_close(1000, ""));
    let mut events = task.events();
    drop(task);
    let end = run(&mock, async {
        events.next().await;
        Ok(events.next().await)
    });
    assert!(matches!(end, Some(SocketEvent::Close(close)) if close.requested));
}

#[test]
fn a_dropped_peer_ends_behind_what_it_has_sent() {
    let mock = MockConnector::new();
    mock.serve(async |peer: PeerSocket| {
        peer.accept();
        peer.send("last");
    });
    let told = run(&mock, async {
        let task = connect_with(&mock, option()).await?;
        let mut events = task.events();
        task.closed().await;
        events.next().await;
        Ok(events.next().await)
    });
    assert!(matches!(told, Some(SocketEvent::Message(event)) if event.data == "last".into()));
}

#[test]
fn a_broken_transport_is_noticed_while_a_consumer_is_behind() {
    let mock = MockConnector::new();
    let bounded = option().limits(limits(|limits| limits.max_buffered_messages = 1));
    let task = open_with(&mock, bounded, |script| {
        let script = (0..5).fold(script, |script, _| script.reply("x"));
        script.delay(SECOND).drop_connection()
    });
    let _behind = task.events();
    assert_eq!(
        close_of(&mock, &task),
        CloseEvent::abnormal(CloseCause::Transport)
    );
}

#[test]
fn what_nobody_consumes_ends_the_connection_at_the_bound() {
    let mock = MockConnector::new();
    let bounded = option().limits(limits(|limits| limits.max_buffered_messages = 1));
    let task = open_with(&mock, bounded, |script| script.reply("x").reply("y"));
    close_of(&mock, &task);
    let log = Arc::new(Mutex::new(Vec::new()));
    let pen = Arc::clone(&log);
    task.on_error(move |event| pen.lock().unwrap().push(event.error));
    let log = log.lock().unwrap();
    assert_eq!(log[0].kind(), ErrorKind::LimitExceeded);
    assert!(log[0].reason().contains("ignore_messages"), "{}", log[0]);
}
