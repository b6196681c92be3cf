//! What a peer has seen.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use taro_socket_api::Message;

use crate::{
    error::MockError,
    event::{PeerClose, PeerEvent},
    request::MockRequest,
};

/// What a peer has seen of its connections, and how far its script has come.
#[derive(Clone, Debug, Default)]
pub(crate) struct Record(Arc<Mutex<Seen>>);

#[derive(Debug, Default)]
struct Seen {
    requests: Vec<MockRequest>,
    messages: Vec<Message>,
    close: Option<PeerClose>,
    /// The step under way and what it waits for.
    waiting: Option<(usize, String)>,
    failure: Option<MockError>,
}

impl Record {
    fn seen(&self) -> MutexGuard<'_, Seen> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn request(&self, request: MockRequest) {
        self.seen().requests.push(request);
    }

    pub(crate) fn event(&self, event: &PeerEvent) {
        let mut seen = self.seen();
        match event {
            PeerEvent::Message(message) => seen.messages.push(message.clone()),
            PeerEvent::Close(close) => drop(seen.close.get_or_insert_with(|| close.clone())),
            PeerEvent::Pong(_) | PeerEvent::End => {}
        }
    }

    pub(crate) fn waits(&self, waiting: Option<(usize, String)>) {
        self.seen().waiting = waiting;
    }

    pub(crate) fn fails(&self, error: MockError) {
        self.seen().failure.get_or_insert(error);
    }
}

/// What a scripted peer has seen. A clone is the same peer.
#[derive(Clone, Debug)]
pub struct MockPeer {
    record: Record,
}

impl MockPeer {
    pub(crate) fn new(record: Record) -> Self {
        Self { record }
    }

    /// Whether the script has run to its end with every expectation met.
    ///
    /// # Errors
    ///
    /// [`MockError::Unmet`]: the step, what it expected and what came instead.
    pub fn verify(&self) -> Result<(), MockError> {
        let seen = self.record.seen();
        if let Some(error) = &seen.failure {
            return Err(error.clone());
        }
        match &seen.waiting {
            None => Ok(()),
            Some((step, expected)) => Err(MockError::Unmet {
                step: *step,
                expected: expected.clone(),
                came: if seen.requests.is_empty() {
                    "no connection"
                } else {
                    "nothing"
                }
                .to_owned(),
            }),
        }
    }

    /// The connects that reached this peer.
    #[must_use]
    pub fn requests(&self) -> Vec<MockRequest> {
        self.record.seen().requests.clone()
    }

    /// The messages that this peer has received, in order.
    #[must_use]
    pub fn messages(&self) -> Vec<Message> {
        self.record.seen().messages.clone()
    }

    /// The first Close frame that this peer has received.
    #[must_use]
    pub fn close_frame(&self) -> Option<PeerClose> {
        self.record.seen().close.clone()
    }
}
