//! Tasks and their driver in orders that `shuttle` chooses by seed: no request is lost, and no wake-up.

use std::{future::poll_fn, sync::Arc, task::Poll};

use shuttle::{check_pct, check_random, future::block_on, thread};
use taro_socket_api::{CloseFrame, ErrorKind, Message, adapter::Completion};

use super::{Outgoing, Receiver, Requests, queue, tests::open_task};

/// Orders tried for each test and each way of choosing them.
const ORDERS: usize = 1_500;

fn explore(test: impl Fn() + Send + Sync + Clone + 'static) {
    check_random(test.clone(), ORDERS);
    check_pct(test, ORDERS, 3);
}

/// A driver: takes what was asked for until it is asked to close; counts messages.
fn drive(receiver: &Receiver) -> u64 {
    let mut messages = 0;
    loop {
        let mut requests = Requests::default();
        receiver.take(Some(&mut requests));
        messages += requests.staged.account.messages;
        let large = |queued: &&Outgoing| matches!(queued, Outgoing::Message(..));
        messages += requests.queued.iter().filter(large).count() as u64;
        if let Some((_, done)) = requests.close {
            done.succeed();
            return messages;
        }
        block_on(poll_fn(|cx| match receiver.park(cx, true, false) {
            true => Poll::Pending,
            false => Poll::Ready(()),
        }));
    }
}

#[test]
fn a_driver_that_waits_misses_no_message_and_no_close() {
    explore(|| {
        let (sender, receiver) = queue(usize::MAX);
        let sender = Arc::new(sender);
        let other = Arc::clone(&sender);
        let driver = thread::spawn(move || drive(&receiver));
        let second = thread::spawn(move || {
            other.send(Message::from("small"), Completion::none());
            other.send(Message::from(vec![0; 20 << 10]), Completion::none());
        });
        sender.send(Message::from("small"), Completion::none());
        second.join().unwrap();
        sender.close(CloseFrame::default(), Completion::none());
        assert_eq!(driver.join().unwrap(), 3);
    });
}

#[test]
fn a_driver_that_goes_leaves_no_report_open() {
    explore(|| {
        let (task, emitter, receiver) = open_task();
        let driver = thread::spawn(move || {
            drop(receiver);
            emitter
        });
        let flushes = [task.flush(), task.flush()];
        let close = task.close(CloseFrame::default());
        drop(driver.join().unwrap());
        for flush in flushes {
            assert_eq!(block_on(flush).unwrap_err().kind(), ErrorKind::Aborted);
        }
        assert!(block_on(close).is_ok());
    });
}
