//! Threads of an adapter and of users, in orders that `shuttle` chooses by seed. It finds deadlocks and lost
//! wake-ups by itself; the rest is asserted. A failure prints a schedule that `shuttle::replay` repeats.

#![allow(clippy::unwrap_used, reason = "a panic fails the test")]

use std::{
    future::poll_fn,
    sync::{Arc, Mutex, MutexGuard},
};

use shuttle::{check_pct, check_random, future::block_on, thread};
use taro_socket_api::{
    Acceptance, CloseCause, CloseEvent, CloseFrame, Completion, Emitter, Error, ErrorKind,
    EventStream, Flow, Limits, Message, OpenEvent, SocketEvent, SocketTask, TaskCore,
};

/// Orders tried for each test and each way of choosing them, unless `INTERLEAVINGS` names another number.
const ORDERS: usize = 1_500;

/// Runs `test` in many orders: at random, and with few changes of thread at random places (PCT), which finds what
/// needs one thread to stand still for long.
fn explore(test: impl Fn() + Send + Sync + Clone + 'static) {
    let named = std::env::var("INTERLEAVINGS").ok();
    let orders = named.map_or(ORDERS, |orders| orders.parse().expect("a number"));
    check_random(test.clone(), orders);
    check_pct(test, orders, 3);
}

#[derive(Debug)]
struct Task(TaskCore);

impl SocketTask for Task {
    fn core(&self) -> &TaskCore {
        &self.0
    }

    fn start_send(&self, _message: Message, done: Completion) {
        done.succeed();
    }

    fn start_close(&self, _frame: CloseFrame, done: Completion) {
        done.succeed();
    }
}

fn task(limits: Limits) -> (Arc<dyn SocketTask>, Emitter) {
    let (core, emitter) = TaskCore::new(limits, Acceptance::Queued);
    (Arc::new(Task(core)), emitter)
}

/// What was seen, in order; its lock is never waited for, since it is held for no step of the explorer.
#[derive(Clone, Debug, Default)]
struct Log(Arc<Mutex<Vec<String>>>);

impl Log {
    fn list(&self) -> MutexGuard<'_, Vec<String>> {
        self.0.lock().unwrap()
    }

    fn push(&self, entry: impl Into<String>) {
        self.list().push(entry.into());
    }
}

fn text(event: &SocketEvent) -> String {
    match event {
        SocketEvent::Open(_) => "open".into(),
        SocketEvent::Message(message) => message.data.as_text().unwrap().into(),
        SocketEvent::Error(_) => "error".into(),
        SocketEvent::Close(_) => "close".into(),
    }
}

async fn read_all(mut stream: EventStream, log: Log) {
    while let Some(event) = stream.next().await {
        log.push(text(&event));
    }
}

/// The adapter's thread: opens, tells three messages, in batches or not, fails and ends.
fn host(emitter: &Emitter, batched: bool) {
    emitter.opened(OpenEvent::default());
    if batched {
        let mut batch = emitter.batch();
        for message in ["1", "2", "3"] {
            let _ = batch.message(message);
        }
        let _ = batch.finish();
    } else {
        for message in ["1", "2", "3"] {
            let _ = emitter.message(message);
        }
    }
    emitter.failed(Error::new(ErrorKind::Transport, "broken"));
    emitter.closed(CloseEvent::abnormal(CloseCause::Transport));
}

const ALL: [&str; 6] = ["open", "1", "2", "3", "error", "close"];

#[test]
fn handlers_registered_meanwhile_are_told_everything_once_and_in_order() {
    for batched in [false, true] {
        explore(move || {
            let (task, emitter) = task(Limits::default());
            let host = thread::spawn(move || host(&emitter, batched));
            let log = Log::default();
            let entries = || log.clone();
            let (open, message, error, close) = (entries(), entries(), entries(), entries());
            task.on_close(move |_| close.push("close"));
            task.on_error(move |_| error.push("error"));
            task.on_message(move |event| message.push(event.data.as_text().unwrap()));
            task.on_open(move |_| open.push("open"));
            host.join().unwrap();
            let mut seen = log.list().clone();
            let messages: Vec<_> = seen.iter().filter(|seen| seen.len() == 1).collect();
            assert_eq!(messages, ["1", "2", "3"]);
            seen.sort();
            let mut all = ALL.to_vec();
            all.sort_unstable();
            assert_eq!(seen, all, "each once");
        });
    }
}

#[test]
fn streams_and_those_who_wait_miss_no_wake_up() {
    for batched in [false, true] {
        explore(move || {
            let (task, emitter) = task(Limits::default());
            let (first, second) = (Log::default(), Log::default());
            let stream = task.events();
            let log = first.clone();
            let reader = thread::spawn(move || block_on(read_all(stream, log)));
            let (opened, closed) = (task.opened(), task.closed());
            let waiter = thread::spawn(move || {
                block_on(opened).unwrap();
                block_on(closed)
            });
            let host = thread::spawn(move || host(&emitter, batched));
            // Taken at any time: what it has is an end of all there is.
            block_on(read_all(task.events(), second.clone()));
            assert_eq!(waiter.join().unwrap().code, 1006);
            reader.join().unwrap();
            host.join().unwrap();
            assert_eq!(*first.list(), ALL);
            let seen = second.list();
            assert_eq!(seen[0], "open");
            assert!(ALL.ends_with(&seen[1..].iter().map(String::as_str).collect::<Vec<_>>()));
        });
    }
}

#[test]
fn a_driver_that_waits_for_a_consumer_is_woken() {
    explore(|| {
        let limits = Limits::default().max_buffered_messages(1);
        let (task, emitter) = task(limits);
        let log = Log::default();
        let stream = task.events();
        let driver = thread::spawn(move || {
            emitter.opened(OpenEvent::default());
            for message in ["1", "2", "3"] {
                if emitter.message(message) == Flow::Pause {
                    block_on(poll_fn(|cx| emitter.poll_ready(cx)));
                }
            }
            emitter.closed(CloseEvent::abnormal(CloseCause::Remote));
        });
        block_on(read_all(stream, log.clone()));
        driver.join().unwrap();
        assert_eq!(*log.list(), ["open", "1", "2", "3", "close"]);
    });
}

#[test]
fn a_dropped_stream_or_a_close_lets_the_driver_go_on() {
    for closes in [false, true] {
        explore(move || {
            let (task, emitter) = task(Limits::default().max_buffered_messages(1));
            let stream = task.events();
            let driver = thread::spawn(move || {
                emitter.opened(OpenEvent::default());
                let _ = emitter.message("1");
                let _ = emitter.message("2");
                block_on(poll_fn(|cx| emitter.poll_ready(cx)));
                emitter.closed(CloseEvent::abnormal(CloseCause::Remote));
            });
            if closes {
                drop(task.close(CloseFrame::default()));
            } else {
                drop(stream);
            }
            let end = block_on(task.closed());
            driver.join().unwrap();
            assert!(!end.requested || closes);
        });
    }
}

#[test]
fn closed_resolves_after_on_close_has_run() {
    explore(|| {
        let (task, emitter) = task(Limits::default());
        let log = Log::default();
        let (told, waited) = (log.clone(), log.clone());
        task.on_close(move |_| {
            thread::yield_now();
            told.push("on_close");
        });
        let closed = task.closed();
        let waiter = thread::spawn(move || {
            block_on(closed);
            waited.push("closed");
        });
        // Two threads that end it: one is too late.
        let emitter = Arc::new(emitter);
        let other = Arc::clone(&emitter);
        let late = thread::spawn(move || {
            other.closed(CloseEvent::abnormal(CloseCause::Timeout));
        });
        emitter.closed(CloseEvent::abnormal(CloseCause::Transport));
        late.join().unwrap();
        waiter.join().unwrap();
        assert_eq!(*log.list(), ["on_close", "closed"]);
    });
}

#[test]
fn what_waits_to_be_sent_never_exceeds_its_bound() {
    explore(|| {
        let (task, emitter) = task(Limits::default().max_queued_bytes(4).max_queued_messages(3));
        emitter.opened(OpenEvent::default());
        let emitter = Arc::new(emitter);
        let sender = || {
            let (task, emitter) = (Arc::clone(&task), Arc::clone(&emitter));
            thread::spawn(move || {
                for _ in 0..3 {
                    let sent = block_on(task.send("12"));
                    assert!(
                        task.buffered_amount() <= 4 + 4,
                        "two attempts at a time at most"
                    );
                    if sent.is_ok() {
                        emitter.sent(2, 1);
                    }
                }
            })
        };
        let senders = [sender(), sender()];
        for sender in senders {
            sender.join().unwrap();
        }
        assert_eq!(task.buffered_amount(), 0);
        block_on(task.send("1234")).unwrap();
    });
}
