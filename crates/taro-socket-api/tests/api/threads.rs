//! Two threads at one task: nothing is lost, nothing is told twice, nobody waits for ever.

use std::{
    sync::{
        Arc, Barrier,
        atomic::{AtomicU32, Ordering},
    },
    task::Context,
    thread,
};

use futures::executor::block_on;
use taro_socket_api::{Acceptance, CloseCause, CloseEvent, Flow, Limits, OpenEvent, SocketEvent};

use crate::support::{Log, Rig, limits};

const ROUNDS: usize = 200;
const MESSAGES: u32 = 100;

fn number(event: &taro_socket_api::MessageEvent) -> u32 {
    event.data.as_text().unwrap().parse().unwrap()
}

/// Runs both sides at the same time.
fn race(host: impl FnOnce() + Send, user: impl FnOnce() + Send) {
    let start = Barrier::new(2);
    thread::scope(|scope| {
        scope.spawn(|| {
            start.wait();
            host();
        });
        start.wait();
        user();
    });
}

#[test]
fn a_handler_registered_while_messages_arrive_gets_all_of_them() {
    for round in 0..ROUNDS {
        let rig = Rig::connecting();
        let log = Log::new();
        let (seen, ends) = (log.clone(), Arc::new(AtomicU32::new(0)));
        let end = Arc::clone(&ends);
        let host = || {
            rig.emitter.opened(OpenEvent::default());
            let mut batch = rig.emitter.batch();
            for n in 0..MESSAGES {
                let _ = batch.message(n.to_string());
                if n % (1 + round as u32 % 7) == 0 {
                    let _ = batch.finish();
                    batch = rig.emitter.batch();
                }
            }
            let _ = batch.finish();
            rig.emitter
                .closed(CloseEvent::clean(Some(1000), "", CloseCause::Remote));
        };
        let user = || {
            rig.task.on_message(move |event| seen.push(number(&event)));
            rig.task.on_close(move |_| {
                end.fetch_add(1, Ordering::SeqCst);
            });
        };
        race(host, user);
        assert_eq!(log.take(), (0..MESSAGES).collect::<Vec<_>>());
        assert_eq!(ends.load(Ordering::SeqCst), 1);
    }
}

#[test]
fn a_stream_taken_while_messages_arrive_gets_all_of_them() {
    for _ in 0..ROUNDS {
        let rig = Rig::open(Limits::default(), Acceptance::Queued);
        let host = || {
            let mut batch = rig.emitter.batch();
            for n in 0..MESSAGES {
                let _ = batch.message(n.to_string());
            }
            let _ = batch.finish();
            rig.emitter
                .closed(CloseEvent::clean(Some(1000), "", CloseCause::Remote));
        };
        let user = || {
            let mut stream = rig.task.events();
            let mut seen = Vec::new();
            while let Some(event) = block_on(stream.next()) {
                match event {
                    SocketEvent::Message(message) => seen.push(number(&message)),
                    SocketEvent::Open(_) => assert!(seen.is_empty()),
                    SocketEvent::Error(_) | SocketEvent::Close(_) => {}
                }
            }
            assert_eq!(seen, (0..MESSAGES).collect::<Vec<_>>());
        };
        race(host, user);
    }
}

#[test]
fn two_hosts_reporting_at_once_lose_and_repeat_nothing() {
    for _ in 0..ROUNDS {
        let rig = Rig::open(Limits::default(), Acceptance::Queued);
        let log = Log::new();
        let seen = log.clone();
        rig.task.on_message(move |event| seen.push(number(&event)));
        let report = |from: u32| {
            for n in (from..from + MESSAGES).step_by(2) {
                let mut batch = rig.emitter.batch();
                let _ = batch.message(n.to_string());
                let _ = batch.message((n + 1).to_string());
                let _ = batch.finish();
            }
        };
        race(|| report(0), || report(MESSAGES));
        let seen = log.take();
        let (low, high): (Vec<u32>, Vec<u32>) = seen.into_iter().partition(|n| *n < MESSAGES);
        assert_eq!(
            low,
            (0..MESSAGES).collect::<Vec<_>>(),
            "each side's order is kept"
        );
        assert_eq!(high, (MESSAGES..2 * MESSAGES).collect::<Vec<_>>());
    }
}

#[test]
fn two_ends_at_once_are_one() {
    for _ in 0..ROUNDS {
        let rig = Rig::open(Limits::default(), Acceptance::Queued);
        let log = Log::new();
        let seen = log.clone();
        rig.task.on_close(move |event| seen.push(event.code));
        let mut stream = rig.task.events();
        let close = |code| {
            rig.emitter
                .closed(CloseEvent::clean(Some(code), "", CloseCause::Remote))
        };
        race(|| close(4000), || close(4001));
        let told = log.take();
        assert_eq!(told.len(), 1);
        let mut events = std::iter::from_fn(|| block_on(stream.next()));
        assert!(matches!(events.next(), Some(SocketEvent::Open(_))));
        assert!(matches!(events.next(), Some(SocketEvent::Close(close)) if close.code == told[0]));
        assert!(events.next().is_none());
    }
}

#[test]
fn a_driver_that_pauses_and_a_reader_never_wait_for_each_other() {
    let tight = limits(|limits| limits.max_buffered_messages = 2);
    for _ in 0..ROUNDS {
        let rig = Rig::open(tight, Acceptance::Queued);
        let mut stream = rig.task.events();
        let host = || {
            for n in 0..MESSAGES {
                if rig.emitter.message(n.to_string()) == Flow::Pause {
                    block_on(std::future::poll_fn(|cx: &mut Context<'_>| {
                        rig.emitter.poll_ready(cx)
                    }));
                }
            }
            rig.emitter
                .closed(CloseEvent::clean(Some(1000), "", CloseCause::Remote));
        };
        let user = || {
            let events = std::iter::from_fn(|| block_on(stream.next()));
            assert_eq!(events.count() as u32, MESSAGES + 2, "open, messages, close");
        };
        race(host, user);
    }
}
