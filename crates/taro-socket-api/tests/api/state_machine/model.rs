//! What must be told, computed beside the real task in the plainest way.

use proptest::{prelude::TestCaseError, prop_assert, prop_assert_eq};
use taro_socket_api::ReadyState;

/// What a handler or a stream was told. Messages are numbered in order of arrival.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Told {
    Open,
    Message(u32),
    Error,
    Close,
}

/// One call of a handler.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Call {
    pub(super) handler: usize,
    pub(super) told: Told,
    pub(super) state: ReadyState,
}

/// Who was registered for what; the message handler's `Told::Message(0)` stands for any message.
#[derive(Clone, Copy, Debug)]
pub(super) struct Registered {
    pub(super) told: Told,
    pub(super) after_end: bool,
}

/// The state as the plain model has it.
#[derive(Debug, Default)]
pub(super) struct Model {
    pub(super) opened: bool,
    pub(super) closing: bool,
    pub(super) close_requested: bool,
    pub(super) failed: bool,
    pub(super) ended: bool,
    pub(super) last_message: u32,
    pub(super) inbox: Vec<u32>,
    pub(super) handled: bool,
    /// Messages that the handlers must be told, in this order.
    pub(super) for_handlers: Vec<u32>,
    /// What each stream must deliver, and whether it was dropped.
    pub(super) for_streams: Vec<(Vec<Told>, bool)>,
    pub(super) registered: Vec<Registered>,
    pub(super) sends: usize,
}

impl Model {
    pub(super) fn host_opened(&mut self) {
        if !self.opened && !self.closing {
            self.opened = true;
            self.tell_streams(Told::Open);
        }
    }

    /// Gives the number of the next message, and notes who must get it.
    pub(super) fn host_message(&mut self) -> u32 {
        self.last_message += 1;
        let number = self.last_message;
        if !self.opened || self.closing {
            return number;
        }
        let streamed = self.for_streams.iter().any(|(_, dropped)| !dropped);
        self.tell_streams(Told::Message(number));
        if self.handled {
            self.for_handlers.push(number);
        } else if !streamed {
            self.inbox.push(number);
        }
        number
    }

    pub(super) fn host_failed(&mut self) {
        let given_up = self.close_requested && !self.opened;
        if !self.ended && !given_up {
            self.closing = true;
            self.failed = true;
        }
    }

    pub(super) fn host_closed(&mut self) {
        if self.ended {
            return;
        }
        self.closing = true;
        self.ended = true;
        if self.failed {
            self.tell_streams(Told::Error);
        }
        self.tell_streams(Told::Close);
    }

    pub(super) fn close(&mut self) {
        self.close_requested |= !self.closing;
        self.closing = true;
    }

    /// Gives the number of the new handler.
    pub(super) fn register(&mut self, told: Told) -> usize {
        if matches!(told, Told::Message(_)) {
            self.handled = true;
            self.for_handlers.append(&mut self.inbox);
        }
        let after_end = self.ended;
        self.registered.push(Registered { told, after_end });
        self.registered.len() - 1
    }

    pub(super) fn events(&mut self) {
        let mut told = Vec::new();
        told.extend(self.opened.then_some(Told::Open));
        told.extend(self.inbox.drain(..).map(Told::Message));
        if self.ended {
            told.extend(self.failed.then_some(Told::Error));
            told.push(Told::Close);
        }
        self.for_streams.push((told, false));
    }

    fn tell_streams(&mut self, told: Told) {
        for (stream, _) in self.for_streams.iter_mut().filter(|(_, dropped)| !dropped) {
            stream.push(told);
        }
    }

    /// Compares the handlers' calls with what they must be told.
    pub(super) fn check_calls(&self, calls: &[Call]) -> Result<(), TestCaseError> {
        let messages: Vec<_> = calls.iter().filter_map(|call| call.message()).collect();
        prop_assert_eq!(&messages, &self.for_handlers, "each message once, in order");
        for (told, due) in [
            (Told::Open, self.opened),
            (Told::Error, self.failed),
            (Told::Close, true),
        ] {
            self.check_once(calls, told, due)?;
        }
        prop_assert!(
            calls.is_sorted_by_key(|call| call.state),
            "the state only grows: {:?}",
            calls
        );
        self.check_end(calls)
    }

    /// Each handler is told at most once, the last one exactly once if it happened.
    fn check_once(&self, calls: &[Call], told: Told, due: bool) -> Result<(), TestCaseError> {
        let handlers = self.registered.iter().enumerate();
        let mut handlers = handlers.filter(|(_, one)| one.told == told).peekable();
        while let Some((handler, _)) = handlers.next() {
            let times = calls.iter().filter(|call| call.handler == handler).count();
            prop_assert!(
                times <= 1,
                "{told:?} handler {handler} was called {times} times"
            );
            if handlers.peek().is_none() {
                prop_assert_eq!(times, usize::from(due), "the last {:?} handler", told);
            }
        }
        Ok(())
    }

    /// Handlers registered before the end: error right before close, nothing after it, the state Closed.
    fn check_end(&self, calls: &[Call]) -> Result<(), TestCaseError> {
        let early = |call: &&Call| !self.registered[call.handler].after_end;
        let calls: Vec<_> = calls.iter().filter(early).collect();
        if let Some(end) = calls.iter().position(|call| call.told == Told::Close) {
            prop_assert_eq!(
                end,
                calls.len() - 1,
                "nothing follows the close: {:?}",
                calls
            );
        }
        if let Some(error) = calls.iter().position(|call| call.told == Told::Error) {
            let rest: Vec<_> = calls[error + 1..].iter().map(|call| call.told).collect();
            prop_assert!(
                rest.is_empty() || rest == [Told::Close],
                "after the error: {:?}",
                rest
            );
        }
        let last = |call: &&&Call| matches!(call.told, Told::Error | Told::Close);
        for call in calls.iter().filter(last) {
            prop_assert_eq!(call.state, ReadyState::Closed);
        }
        Ok(())
    }
}

impl Call {
    fn message(&self) -> Option<u32> {
        match self.told {
            Told::Message(number) => Some(number),
            Told::Open | Told::Error | Told::Close => None,
        }
    }
}
