//! `send`: eager, ordered, bounded.

use std::task::Poll;

use taro_socket_api::{Acceptance, CloseFrame, Error, ErrorKind, Limits};

use crate::support::{Asked, Rig, limits, now, poll_once};

fn texts(asked: &[Asked]) -> Vec<&str> {
    let text = |one: &'_ Asked| matches!(one, Asked::Send(..));
    asked
        .iter()
        .filter(|one| text(one))
        .map(|one| match one {
            Asked::Send(message, _) => message.as_text().unwrap_or("<binary>"),
            Asked::Close(..) => "<close>",
        })
        .collect()
}

#[test]
fn a_send_is_on_its_way_before_its_future_is_polled() {
    let rig = Rig::open(Limits::default(), Acceptance::Queued);
    drop(rig.task.send("one"));
    let second = rig.task.send("two");
    assert_eq!(texts(&rig.take_asked()), ["one", "two"]);
    now(second).unwrap();
}

#[test]
fn below_low_water_a_queueing_adapter_is_not_waited_for() {
    let rig = Rig::open(
        limits(|limits| limits.send_low_water_bytes = 4),
        Acceptance::Queued,
    );
    now(rig.task.send("1234")).expect("4 bytes wait, and 4 may");
    let waiting = rig.task.send("5");
    let asked = rig.take_asked();
    assert!(
        matches!(&asked[..], [Asked::Send(_, none), Asked::Send(_, some)]
        if none.is_none() && !some.is_none())
    );
    let mut waiting = std::pin::pin!(waiting);
    assert!(poll_once(waiting.as_mut()).is_pending());
    for one in asked {
        if let Asked::Send(_, done) = one {
            done.succeed();
        }
    }
    now(waiting).unwrap();
}

#[test]
fn a_reporting_adapter_is_always_waited_for() {
    let rig = Rig::open(Limits::default(), Acceptance::Reported);
    let mut sending = std::pin::pin!(rig.task.send("x"));
    assert_eq!(poll_once(sending.as_mut()).map(|_| ()), Poll::Pending);
    match rig.take_asked().pop() {
        Some(Asked::Send(_, done)) => done.fail(Error::new(ErrorKind::Transport, "broken pipe")),
        other => panic!("a send was asked for, got {other:?}"),
    }
    let error = now(sending).unwrap_err();
    assert_eq!(error.err_msg(), "sendSocketMessage:fail broken pipe");
}

#[test]
fn a_lost_report_is_aborted() {
    let rig = Rig::open(Limits::default(), Acceptance::Reported);
    let sending = rig.task.send("x");
    drop(rig.take_asked());
    assert_eq!(now(sending).unwrap_err().kind(), ErrorKind::Aborted);
}

#[test]
fn what_waits_is_counted_and_released() {
    let rig = Rig::open(Limits::default(), Acceptance::Queued);
    drop(rig.task.send("12345"));
    drop(rig.task.send(vec![0; 10]));
    assert_eq!(rig.task.buffered_amount(), 15);
    rig.emitter.sent(5, 1);
    assert_eq!(rig.task.buffered_amount(), 10);
    rig.emitter.sent(10, 1);
    assert_eq!(rig.task.buffered_amount(), 0);
}

#[test]
fn both_limits_refuse_without_effect_and_room_lets_in_again() {
    let bounds = limits(|limits| {
        limits.max_queued_bytes = 10;
        limits.max_queued_messages = 2;
    });
    let rig = Rig::open(bounds, Acceptance::Queued);
    let refused = now(rig.task.send("12345678901")).unwrap_err();
    assert_eq!(refused.kind(), ErrorKind::LimitExceeded);
    drop(rig.task.send("1234567890"));
    assert_eq!(
        now(rig.task.send("x")).unwrap_err().kind(),
        ErrorKind::LimitExceeded
    );
    drop(rig.task.send(""));
    let third = now(rig.task.send("")).unwrap_err();
    assert_eq!(
        third.kind(),
        ErrorKind::LimitExceeded,
        "a third message, though empty"
    );
    assert_eq!(
        (rig.take_asked().len(), rig.task.buffered_amount()),
        (2, 10)
    );
    rig.emitter.sent(10, 1);
    now(rig.task.send("again")).unwrap();
}

#[test]
fn a_refusal_by_the_limits_says_what_helps() {
    let table = [
        (10, 1, 11, "raise that limit"),
        (10, 0, 0, "raise that limit"),
        (0, 1, 1, "raise that limit"),
        (10, 1, 10, "await `send()`"),
        (10, 9, 10, "await `send()`"),
    ];
    for (bytes, messages, size, remedy) in table {
        let bounds = limits(|limits| {
            limits.max_queued_bytes = bytes;
            limits.max_queued_messages = messages;
        });
        let rig = Rig::open(bounds, Acceptance::Queued);
        // Where one may wait, one waits.
        drop(rig.task.send("x"));
        let refused = now(rig.task.send(vec![0; size])).unwrap_err();
        assert_eq!(refused.kind(), ErrorKind::LimitExceeded);
        let reason = refused.reason();
        let shown = (reason.contains("raise"), reason.contains("await"));
        let expected = (remedy.contains("raise"), remedy.contains("await"));
        assert_eq!(shown, expected, "{bytes} {messages} {size}: {reason}");
    }
}

#[test]
fn a_send_outside_open_is_refused() {
    let rig = Rig::connecting();
    let early = now(rig.task.send("x")).unwrap_err();
    assert_eq!(early.kind(), ErrorKind::InvalidState);
    assert!(early.reason().contains("opened()"), "{early}");
    rig.emitter.opened(taro_socket_api::OpenEvent::default());
    drop(rig.task.close(CloseFrame::default()));
    assert_eq!(
        now(rig.task.send("x")).unwrap_err().kind(),
        ErrorKind::InvalidState
    );
    assert_eq!(rig.task.buffered_amount(), 0);
}
