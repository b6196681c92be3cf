//! The effect of every fault that needs memory.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};

use taro_socket_api::{ByteString, Bytes, Completion, Error, ErrorKind, Message};

use super::{Fault, Faults};
use crate::{
    frame::Frame,
    link::{Down, Link},
};

/// Where [`Fault::TruncatesMessage`] cuts.
const TRUNCATED_BYTES: usize = 64 << 10;

/// What connections of one connector share.
pub(crate) type Neighbours = Arc<Mutex<Neighbourhood>>;

#[derive(Debug, Default)]
pub(crate) struct Neighbourhood {
    links: Vec<Weak<Link>>,
    /// One message goes astray, otherwise it might come back.
    crossed: bool,
    /// Never reported: dropped, a completion would report that it was aborted.
    reports: Vec<Completion>,
}

/// What the fault of one connection remembers.
#[derive(Debug, Default)]
pub(crate) struct FaultState {
    /// Whether anything was sent.
    sent: bool,
    lost: bool,
    held: Option<Message>,
    swapped: bool,
    own: Weak<Link>,
    neighbours: Neighbours,
}

impl FaultState {
    /// The state of the connection `own` among its connector's.
    pub(crate) fn new(faults: Faults, own: &Arc<Link>, neighbours: &Neighbours) -> Self {
        if faults.is(Fault::CrossesConnections) {
            lock(neighbours).links.push(Arc::downgrade(own));
        }
        Self {
            own: Arc::downgrade(own),
            neighbours: Arc::clone(neighbours),
            ..Self::default()
        }
    }

    /// What is reported for a message received: itself, without a fault.
    pub(crate) fn incoming(&mut self, faults: Faults, message: Message) -> Vec<Message> {
        match faults.0 {
            Some(Fault::LosesMessage) if self.first() => Vec::new(),
            Some(Fault::LosesEarlyMessage) if !self.sent => Vec::new(),
            Some(Fault::LosesEmptyMessage) if message.is_empty() => Vec::new(),
            Some(Fault::DuplicatesMessage) => vec![message.clone(), message],
            Some(Fault::SwapsMessages) => self.swap(message),
            Some(Fault::CorruptsPayload) => vec![corrupted(message)],
            Some(Fault::TruncatesMessage) => vec![truncated(message)],
            Some(Fault::TextAsBinary) => vec![Message::Binary(message.into_bytes())],
            Some(Fault::BinaryAsText) => vec![lossy(message.as_bytes())],
            Some(Fault::CrossesConnections) => self.cross(message),
            _ => vec![message],
        }
    }

    /// What is written for a message sent: itself, without a fault.
    pub(crate) fn outgoing(&mut self, faults: Faults, message: Message) -> Vec<Message> {
        self.sent = true;
        match faults.0 {
            Some(Fault::LosesSend) if self.first() => Vec::new(),
            Some(Fault::ReordersSends) => self.swap(message),
            _ => vec![message],
        }
    }

    /// Reports a send, or a flush, that was carried out.
    pub(crate) fn report(&mut self, faults: Faults, done: Completion) {
        match faults.0 {
            Some(Fault::SendNeverCompletes) => self.shared().reports.push(done),
            Some(Fault::SendAlwaysFails) => {
                done.fail(Error::new(ErrorKind::Unknown, "the mock's fault"));
            }
            _ => done.succeed(),
        }
    }

    /// The reports of what is given up: each tells so when it is dropped.
    pub(crate) fn abort(&self, faults: Faults, unsent: Vec<Completion>) -> Vec<Completion> {
        if faults.is(Fault::SendNeverCompletes) {
            self.shared().reports.extend(unsent);
            return Vec::new();
        }
        unsent
    }

    fn shared(&self) -> MutexGuard<'_, Neighbourhood> {
        lock(&self.neighbours)
    }

    fn first(&mut self) -> bool {
        !std::mem::replace(&mut self.lost, true)
    }

    /// Holds the first message back until the second has passed it.
    fn swap(&mut self, message: Message) -> Vec<Message> {
        match self.held.take() {
            Some(held) => {
                self.swapped = true;
                vec![message, held]
            }
            None if self.swapped => vec![message],
            None => {
                self.held = Some(message);
                Vec::new()
            }
        }
    }

    /// Reports the message on another connection, if there is one.
    fn cross(&self, message: Message) -> Vec<Message> {
        let mut known = self.shared();
        if known.crossed {
            return vec![message];
        }
        let mut others = known.links.iter().filter(|link| !link.ptr_eq(&self.own));
        let Some(other) = others.find_map(Weak::upgrade) else {
            return vec![message];
        };
        known.crossed = true;
        drop(known);
        other.send_down(Down::Frame(Frame::message(message)));
        Vec::new()
    }
}

fn lock(neighbours: &Neighbours) -> MutexGuard<'_, Neighbourhood> {
    neighbours.lock().unwrap_or_else(PoisonError::into_inner)
}

fn corrupted(message: Message) -> Message {
    let text = matches!(message, Message::Text(_));
    let mut bytes = message.into_bytes().to_vec();
    if let Some(last) = bytes.last_mut() {
        *last ^= 1;
    }
    let bytes = Bytes::from(bytes);
    match ByteString::try_from(bytes.clone()) {
        Ok(changed) if text => Message::Text(changed),
        _ if text => lossy(&bytes),
        _ => Message::Binary(bytes),
    }
}

fn truncated(message: Message) -> Message {
    if message.len() <= TRUNCATED_BYTES {
        return message;
    }
    match message {
        Message::Text(text) => lossy(&text.as_bytes()[..TRUNCATED_BYTES]),
        Message::Binary(bytes) => Message::Binary(bytes.slice(..TRUNCATED_BYTES)),
    }
}

fn lossy(bytes: &[u8]) -> Message {
    String::from_utf8_lossy(bytes).into_owned().into()
}
