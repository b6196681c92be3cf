//! The end.

use super::*;

#[test]
fn a_silent_peer_costs_the_close_timeout() {
    let mock = MockConnector::new();
    let task = open(&mock, Script::half_open);
    drop(task.close(CloseFrame::default()));
    let close = close_of(&mock, &task);
    assert_eq!(close, CloseEvent::abnormal(CloseCause::Timeout));
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
    assert_eq!(close, CloseEvent::clean(Some(4000), "c", CloseCause::Local));
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
    drop(mock);
    assert_eq!(task.ready_state(), ReadyState::Closed);
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
