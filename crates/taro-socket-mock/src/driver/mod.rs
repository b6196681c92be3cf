//! The task's side of one connection, from the handshake to the end.

mod exchange;
mod parts;
mod pings;

use std::{
    future::{Future, pending, poll_fn},
    pin::Pin,
    task::Poll,
};

use taro_socket_api::{Capability, CloseCause, Error, ErrorKind, Header, OpenEvent};

use crate::{
    answer::Answer,
    assembler::Assembler,
    end::End,
    link::{Down, Up},
};
use exchange::Exchange;
pub(crate) use parts::Driver;

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

    async fn end(mut self, mut end: End) {
        if self.faults.blames_background() && self.app.is_hidden() {
            end = End::background();
        }
        if let Some(frame) = end.frame.take() {
            self.link.write(Up::Close(frame));
        }
        if !(end.aborted && self.faults.aborts_in_name_only()) {
            self.link.write(Up::End);
        }
        self.socket = None;
        let (error, event) = self.faults.end(end);
        let unsent = self.state.abort(self.faults, self.outbox.end());
        let unsent = self.faults.before_closing(unsent);
        if let Some(error) = error {
            self.emitter.failed(error);
        }
        let Some(event) = event else {
            drop(unsent);
            return pending().await;
        };
        match self.faults.after_close(unsent) {
            Ok(unsent) => self.emitter.closed_after(event, unsent),
            Err(late) => {
                self.emitter.closed(event);
                drop(late);
            }
        }
    }

    async fn connect(&mut self) -> Result<OpenEvent, End> {
        let timeout = self.faults.connect_timeout(self.request.timeout);
        let mut timer = timeout.map(|timeout| self.clock.sleep(timeout));
        let down = poll_fn(|cx| {
            let given_up = self.outbox.poll_close_asked(cx).is_ready();
            if given_up && !self.faults.goes_on_connecting() {
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
            Down::Background => Err(End::background()),
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
