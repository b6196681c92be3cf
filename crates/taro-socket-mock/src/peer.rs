//! The peer's end of one connection.

use std::{future::poll_fn, sync::Arc, time::Duration};

use taro_socket_api::{Error, Message};

use crate::{
    answer::Answer,
    clock::{Sleep, WeakClock},
    event::PeerEvent,
    frame::Frame,
    link::{Down, Link, Up},
    record::Record,
    request::MockRequest,
};

/// The peer's end of one connection: what a [`Server`](crate::Server) is given.
///
/// Dropping it ends the transport as [`end`](Self::end) does: behind all that was sent. Neither the handshake nor
/// a Close frame is answered by itself; a Ping is, as soon as it is received.
#[derive(Debug)]
pub struct PeerSocket {
    request: MockRequest,
    link: Arc<Link>,
    clock: WeakClock,
    record: Record,
}

impl PeerSocket {
    pub(crate) fn new(
        request: MockRequest,
        link: Arc<Link>,
        clock: WeakClock,
        record: Record,
    ) -> Self {
        record.request(request.clone());
        Self {
            request,
            link,
            clock,
            record,
        }
    }

    /// The connect that made this connection.
    #[must_use]
    pub fn request(&self) -> &MockRequest {
        &self.request
    }

    /// Waits on the connector's clock.
    pub fn sleep(&self, duration: Duration) -> Sleep {
        self.clock.sleep(duration)
    }
}

/// Sending. All of it is queued at once, in order of calls; after the end of either side it goes nowhere.
impl PeerSocket {
    /// Accepts the handshake and selects the first subprotocol offered.
    pub fn accept(&self) {
        let answer = Answer::accept();
        self.answer(match self.request.protocols.first() {
            Some(first) => answer.protocol(first.clone()),
            None => answer,
        });
    }

    /// Answers the handshake so.
    pub fn answer(&self, answer: Answer) {
        self.link.send_down(Down::Answer(Box::new(answer)));
    }

    /// Fails the connection with `error`, as if the network had; the transport ends.
    pub fn fail(&self, error: Error) {
        self.link.send_down(Down::Fail(error));
    }

    /// Sends a message.
    pub fn send(&self, message: impl Into<Message>) {
        self.send_frame(Frame::message(message.into()));
    }

    /// Sends a frame as it is, sound or not.
    pub fn send_frame(&self, frame: Frame) {
        self.link.send_down(Down::Frame(frame));
    }

    /// Sends a Close frame; an empty one without a code.
    pub fn close(&self, code: Option<u16>, reason: &str) {
        self.send_frame(Frame::close(code, reason));
    }

    /// Ends the transport behind all that was sent.
    pub fn end(&self) {
        self.link.send_down(Down::End);
    }

    /// Ends the transport at once, without what is still on its way.
    pub fn drop_connection(&self) {
        self.link.cut();
    }
}

/// Receiving.
impl PeerSocket {
    /// The next thing that the task sent; [`PeerEvent::End`] again and again after the end.
    pub async fn recv(&self) -> PeerEvent {
        let event = match self.take().await {
            Up::Message(message) => PeerEvent::Message(message),
            Up::Pong(payload) => PeerEvent::Pong(payload),
            Up::Close(close) => PeerEvent::Close(close),
            Up::Ping(_) | Up::End => PeerEvent::End,
        };
        self.record.event(&event);
        event
    }

    /// What comes next. Pings are answered, as servers do by themselves.
    async fn take(&self) -> Up {
        loop {
            match poll_fn(|cx| self.link.poll_up(cx)).await {
                Up::Ping(payload) => self.send_frame(Frame::new(Frame::PONG, payload)),
                other => return other,
            }
        }
    }

    /// Stops or resumes taking what the task sends: while stalled, its sends stay waiting.
    pub fn stall(&self, stalled: bool) {
        self.link.set_stalled(stalled);
    }

    /// Waits until the task has taken nearly all that was sent to it.
    pub async fn flushed(&self) {
        poll_fn(|cx| self.link.poll_flushed(cx)).await;
    }

    /// Waits until the task has ended the transport, without taking what it sends.
    pub async fn hold(&self) {
        poll_fn(|cx| self.link.poll_task_ended(cx)).await;
    }

    /// Whether the task has ended the transport.
    #[must_use]
    pub fn is_ended(&self) -> bool {
        self.link.task_has_ended()
    }

    /// Takes all that the task sends; answers its Close frame with the same one, then ends the transport.
    pub async fn finish(&self) {
        loop {
            match self.recv().await {
                PeerEvent::Close(close) => {
                    self.close(close.code, &close.reason);
                    self.end();
                    return;
                }
                PeerEvent::End => return,
                _ => {}
            }
        }
    }
}

impl Drop for PeerSocket {
    fn drop(&mut self) {
        self.end();
    }
}
