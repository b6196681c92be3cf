//! The handlers of a task: one per event.

use crate::{SocketEvent, after::After, maybe_send::BoxFnMut};

/// A user's handler. It is given its own kind of event only.
pub(crate) type Handler = BoxFnMut<SocketEvent>;

/// The event of a handler.
#[derive(Clone, Copy)]
pub(crate) enum On {
    Open,
    Message,
    Error,
    Close,
}

/// By the event.
#[derive(Default)]
pub(super) struct Handlers([Slot; 4]);

/// One handler.
#[derive(Default)]
pub(super) struct Slot {
    /// Whether there is one, even while it is taken out to be called.
    pub(super) registered: bool,
    pub(super) handler: Option<Handler>,
    /// Whether it was told its latched event.
    pub(super) told: bool,
}

impl Handlers {
    pub(super) fn slot(&mut self, on: On) -> &mut Slot {
        &mut self.0[on as usize]
    }

    /// Whether there is a message handler.
    pub(super) fn takes_messages(&self) -> bool {
        self.0[On::Message as usize].registered
    }

    /// Puts a handler back that was taken out to be called. It may have registered its successor meanwhile.
    pub(super) fn put_back(&mut self, on: On, handler: Handler, after: &mut After) {
        let slot = self.slot(on);
        match slot.handler {
            None => slot.handler = Some(handler),
            Some(_) => after.discard(handler),
        }
    }

    /// Forgets the handler that was taken out to be called and never came back.
    pub(super) fn forget_lost(&mut self) {
        for slot in &mut self.0 {
            slot.registered &= slot.handler.is_some();
        }
    }
}
