//! The one connection that is shown, and what was counted of it.

use std::cell::{Cell, RefCell};
use std::sync::Arc;

use taro_socket::prelude::*;

use crate::words;

/// Messages and their bytes.
#[derive(Clone, Copy, Default)]
pub(crate) struct Traffic {
    messages: u64,
    bytes: u64,
}

impl Traffic {
    pub(crate) fn add(counted: &Cell<Self>, message: &Message) {
        let Self { messages, bytes } = counted.get();
        counted.set(Self {
            messages: messages + 1,
            bytes: bytes + message.len() as u64,
        });
    }

    pub(crate) fn words(self) -> String {
        let (number, bytes) = (words::count(self.messages), words::bytes(self.bytes));
        let plural = if self.messages == 1 { "" } else { "s" };
        format!("{number} message{plural}, {bytes}")
    }
}

/// The newest task, where it leads, and what went through it.
#[derive(Default)]
pub(crate) struct Connection {
    task: RefCell<Option<Arc<dyn SocketTask>>>,
    url: RefCell<String>,
    /// Goes up with each task, so that events of an earlier one are told apart.
    pub(crate) number: Cell<u32>,
    pub(crate) begin: Cell<f64>,
    pub(crate) sent: Cell<Traffic>,
    pub(crate) received: Cell<Traffic>,
}

impl Connection {
    pub(crate) fn task(&self) -> Option<Arc<dyn SocketTask>> {
        self.task.borrow().clone()
    }

    pub(crate) fn url(&self) -> String {
        self.url.borrow().clone()
    }

    pub(crate) fn state(&self) -> ReadyState {
        self.task()
            .map_or(ReadyState::Closed, |task| task.ready_state())
    }

    /// Puts a task in the place of an earlier one, which is closed; its number.
    pub(crate) fn replace(&self, task: Arc<dyn SocketTask>, url: &str, now: f64) -> u32 {
        self.number.set(self.number.get() + 1);
        self.begin.set(now);
        self.sent.take();
        self.received.take();
        url.clone_into(&mut self.url.borrow_mut());
        // Without a handle left it closes itself.
        drop(self.task.replace(Some(task)));
        self.number.get()
    }
}
