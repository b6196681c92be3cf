//! The task's side of one connection, from the handshake to the end.

mod exchange;

use std::{
    future::{Future, pending, poll_fn},
    pin::Pin,
    sync::Arc,
    task::Poll,
};

use taro_socket_api::{
    Capability, CapabilitySet, CloseCause, CloseEvent, Emitter, Error, ErrorKind, Header, OpenEvent,
};

use crate::{
    answer::Answer,
    assembler::Assembler,
    clock::WeakClock,
    fault::{FaultState, Faults},
    link::{Down, Link, Up},
    outbox::Outbox,
    peer::PeerClose,
    request::MockRequest,
};
use exchange::Exchange;

/// Drives one connection; runs as a task of the clock.
#[derive(Debug)]
pub(crate) struct Driver {
    pub(crate) emitter: Arc<Emitter>,
    pub(crate) link: Arc<Link>,
    pub(crate) outbox: Arc<Outbox>,
    pub(crate) clock: WeakClock,
    pub(crate) request: MockRequest,
    pub(crate) capabilities: CapabilitySet,
    pub(crate) faults: Faults,
    pub(crate) state: FaultState,
}

/// How a connection ends.
pub(crate) struct End {
    pub(crate) error: Option<Error>,
    pub(crate) event: CloseEvent,
    /// The Close frame that is still to be written.
    frame: Option<PeerClose>,
}

impl End {
    fn abnormal(cause: CloseCause, error: Option<Error>) -> Self {
        Self {
            error,
            event: CloseEvent::abnormal(cause),
            frame: None,
        }
    }

    fn failed(error: Error) -> Self {
        Self::abnormal(CloseCause::Transport, Some(error))
    }
}

impl Driver {
    pub(crate) async fn run(mut self) {
        let end = match self.connect().await {
            Err(end) => end,
            Ok(event) => {
                self.emitter.opened(self.faults.open_event(event));
                let assembler =
                    Assembler::new(self.emitter.limits(), self.capabilities, self.faults);
                Exchange::new(&mut self, assembler).run().await
            }
        };
        self.end(end).await;
    }

    async fn end(self, mut end: End) {
        if let Some(frame) = end.frame.take() {
            self.link.write(Up::Close(frame));
        }
        self.link.write(Up::End);
        // Unsent messages report here, before the end does.
        self.state.abort(self.faults, self.outbox.end());
        let (error, event) = self.faults.end(end);
        if let Some(error) = error {
            self.emitter.failed(error);
        }
        match event {
            Some(event) => self.emitter.closed(event),
            None => pending().await,
        }
    }

    async fn connect(&mut self) -> Result<OpenEvent, End> {
        let timeout = self.faults.connect_timeout(self.request.timeout);
        let mut timer = timeout.map(|timeout| self.clock.sleep(timeout));
        let down = poll_fn(|cx| {
            let given_up = self.outbox.poll_close_asked(cx).is_ready();
            if given_up && !self.faults.connects_after_close() {
                return Poll::Ready(Err(End::abnormal(CloseCause::Local, None)));
            }
            if let Poll::Ready(down) = self.link.poll_down(cx) {
                return Poll::Ready(Ok(down));
            }
            match &mut timer {
                Some(timer) => Pin::new(timer).poll(cx).map(|()| Err(self.timed_out())),
                None => Poll::Pending,
            }
        });
        match down.await? {
            Down::Answer(answer) => self.answered(&answer).await,
            Down::Fail(error) if self.faults.ignores(&error) => Ok(OpenEvent::default()),
            Down::Fail(error) => Err(End::failed(error)),
            Down::Frame(_) | Down::End => {
                let text = "the server ended the connection instead of answering the handshake";
                Err(End::failed(Error::new(ErrorKind::Handshake, text)))
            }
        }
    }

    async fn answered(&self, answer: &Answer) -> Result<OpenEvent, End> {
        let stuck = self.faults.connects_after_close() && self.outbox.close_asked();
        if stuck || self.faults.never_opens() {
            pending::<()>().await;
        }
        let checked = if self.faults.accepts_any_handshake() {
            Ok(answer.event())
        } else {
            answer.check(&self.request)
        };
        let mut event = checked.map_err(|error| End::failed(self.hide_response(error)))?;
        if !self.capabilities.contains(Capability::ResponseHeader) {
            event.header = Header::new();
        }
        if !self.capabilities.contains(Capability::SelectedProtocol) {
            event.protocol = None;
        }
        Ok(event)
    }

    fn hide_response(&self, error: Error) -> Error {
        if self.capabilities.contains(Capability::HandshakeResponse) {
            return error;
        }
        Error::new(error.kind(), error.reason().to_owned())
    }

    fn timed_out(&self) -> End {
        let text = format!("not connected within {:?}", self.request.timeout);
        let error = Error::new(ErrorKind::Timeout, text);
        End::abnormal(CloseCause::Timeout, Some(error))
    }
}
