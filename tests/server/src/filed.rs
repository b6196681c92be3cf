//! One connection's hold on the record of its id.

use taro_socket_test_protocol::{CloseSeen, End, MessageKind, MessageSeen, RequestSeen};
use tokio::sync::mpsc;

use crate::limits::{MAX_MESSAGES_SEEN, MAX_OTHERS_SEEN};
use crate::registry::{Command, Entry, Record};

/// Writes down what one connection does. Dropping it says that the connection is over.
#[derive(Debug)]
pub(crate) struct Filed {
    entry: Option<Entry>,
    number: u64,
}

impl Filed {
    /// Without an entry nothing is written down.
    pub(crate) fn new(entry: Option<Entry>) -> Self {
        let mut number = 0;
        if let Some(entry) = &entry {
            entry.send_modify(|record| {
                record.live += 1;
                number = record.next;
                record.next += 1;
            });
        }
        Self { entry, number }
    }

    pub(crate) fn request(&self, request: RequestSeen) {
        self.write(|record| keep(&mut record.seen.requests, request, MAX_OTHERS_SEEN));
    }

    /// The handshake is answered with 101.
    pub(crate) fn opened(&self) {
        self.write(|record| record.seen.opened = true);
    }

    /// Actions arrive at the receiver from now on.
    pub(crate) fn commands(&self) -> mpsc::UnboundedReceiver<Command> {
        let (sender, receiver) = mpsc::unbounded_channel();
        self.write(|record| {
            record.commands.insert(self.number, sender);
        });
        receiver
    }

    pub(crate) fn message(&self, kind: MessageKind, payload: &[u8]) {
        // The digest of a large message is not worked out for nobody.
        self.write(|record| {
            let message = MessageSeen::new(kind, payload);
            keep(&mut record.seen.messages, message, MAX_MESSAGES_SEEN);
        });
    }

    pub(crate) fn ping(&self, payload: &[u8]) {
        self.write(|record| keep(&mut record.seen.pings, lossy(payload), MAX_OTHERS_SEEN));
    }

    pub(crate) fn pong(&self, payload: &[u8]) {
        self.write(|record| keep(&mut record.seen.pongs, lossy(payload), MAX_OTHERS_SEEN));
    }

    /// Only the first Close frame of an id is kept.
    pub(crate) fn close(&self, close: CloseSeen) {
        self.write(|record| {
            record.seen.close.get_or_insert(close);
        });
    }

    pub(crate) fn violation(&self, text: String) {
        self.write(|record| keep(&mut record.seen.violations, text, MAX_OTHERS_SEEN));
    }

    /// TCP ended so, or is about to.
    pub(crate) fn end(&self, end: End) {
        self.write(|record| {
            record.seen.end = Some(end);
            record.commands.remove(&self.number);
        });
    }

    fn write(&self, change: impl FnOnce(&mut Record)) {
        if let Some(entry) = &self.entry {
            entry.send_modify(change);
        }
    }
}

impl Drop for Filed {
    fn drop(&mut self) {
        self.write(|record| {
            record.live -= 1;
            record.commands.remove(&self.number);
        });
    }
}

fn keep<T>(list: &mut Vec<T>, item: T, most: usize) {
    if list.len() < most {
        list.push(item);
    }
}

fn lossy(payload: &[u8]) -> String {
    String::from_utf8_lossy(payload).into_owned()
}
