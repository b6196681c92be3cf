//! How each behaviour reacts once the connection is open. No IO: a script writes to a [`Peer`].

mod ending;
mod replying;
mod sending;

use taro_socket_test_protocol::{Behavior, CloseSeen, DropWhen, MessageKind};

use crate::peer::{Ending, Peer};

/// Reactions of a peer; the default ones are those of an echo server.
pub(crate) trait Script: Send {
    /// The connection is open.
    fn open(&mut self, _peer: &mut Peer) {}

    /// A message has arrived.
    fn message(&mut self, peer: &mut Peer, kind: MessageKind, payload: &[u8]) {
        peer.message(kind, payload);
    }

    /// A well-formed Close frame has arrived.
    fn close(&mut self, peer: &mut Peer, close: &CloseSeen) {
        answer_close(peer, close);
    }
}

/// Answers with the same status and reason, unless a Close frame was sent before, and ends TCP.
fn answer_close(peer: &mut Peer, close: &CloseSeen) {
    peer.close(close.code, &close.reason);
    peer.end(Ending::Fin);
}

/// The script of a behaviour. Those that differ in the handshake alone are echo servers after it.
pub(crate) fn script(behavior: &Behavior) -> Box<dyn Script> {
    match behavior.clone() {
        Behavior::Capture => Box::new(replying::Capture),
        Behavior::Fragment { size, ping } => Box::new(replying::Fragment { size, ping }),
        Behavior::Early { text } => Box::new(sending::Send::texts(vec![text])),
        Behavior::Send { texts, binaries } => Box::new(sending::Send { texts, binaries }),
        Behavior::Raw { hex, after, times } => Box::new(sending::Raw::new(&hex, after, times)),
        Behavior::Flood { count, size } => Box::new(sending::Flood { count, size }),
        Behavior::Ping { payload, count } => Box::new(sending::Ping { payload, count }),
        Behavior::Close {
            code,
            reason,
            after,
        } => Box::new(ending::Close {
            code,
            reason,
            after,
        }),
        Behavior::Drop { when, reset } => Box::new(ending::Drop { when, reset }),
        Behavior::IgnoreClose => Box::new(ending::IgnoreClose),
        Behavior::AnswerClose { code, reason } => Box::new(ending::AnswerClose { code, reason }),
        Behavior::FloodOnClose { count } => Box::new(ending::FloodOnClose { count }),
        Behavior::Stall => Box::new(replying::Stall),
        _ => Box::new(replying::Echo),
    }
}

/// How TCP ends at `moment`, when it does.
pub(crate) fn ending_at(moment: DropWhen, behavior: &Behavior) -> Option<Ending> {
    match behavior {
        Behavior::Drop { when, reset } if *when == moment => Some(ending(*reset)),
        _ => None,
    }
}

fn ending(reset: bool) -> Ending {
    if reset { Ending::Reset } else { Ending::Fin }
}
