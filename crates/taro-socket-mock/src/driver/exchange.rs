//! The open connection.

use std::{
    future::{Future, poll_fn},
    pin::Pin,
    task::{Context, Poll},
    time::Duration,
};

use taro_socket_api::{
    Capability, CloseCause, CloseEvent, CloseFrame, Completion, Error, ErrorKind, Flow, Message,
    ReadyState,
};

use super::{parts::Driver, pings::Pings};
use crate::{
    assembler::{Assembler, Incoming},
    breach::Breach,
    clock::Sleep,
    end::End,
    event::PeerClose,
    frame::Frame,
    link::{Down, Up},
    outbox::Next,
};

/// Virtual time passes when nobody has anything left to do: the least of it.
const TURN: Duration = Duration::from_nanos(1);

/// What happens next on an open connection.
enum Input {
    Aborted,
    CloseAsked,
    Flushed(Completion),
    Send(Message, Completion),
    Close(CloseFrame),
    CloseTimeout,
    Gone(End),
    Down(Down),
}

/// The open connection.
pub(super) struct Exchange<'a> {
    driver: &'a mut Driver,
    assembler: Assembler,
    /// Set once the Close frame is written.
    closing: bool,
    /// The frame that this side wrote.
    asked: Option<CloseFrame>,
    /// Set once a close was asked for.
    timer: Option<Sleep>,
    close_seen: bool,
    /// Where they are wanted.
    pings: Option<Pings>,
}

impl<'a> Exchange<'a> {
    pub(super) fn new(driver: &'a mut Driver, assembler: Assembler) -> Self {
        let pings = Pings::new(driver);
        Self {
            pings,
            driver,
            assembler,
            closing: false,
            asked: None,
            timer: None,
            close_seen: false,
        }
    }

    pub(super) async fn run(mut self) -> End {
        loop {
            let input = poll_fn(|cx| self.poll_input(cx)).await;
            match input {
                Input::Aborted => return End::aborted(),
                Input::CloseAsked => self.close_asked(),
                Input::Flushed(done) => self.driver.state.report(self.driver.faults, done),
                Input::Send(message, done) => self.send(message, done),
                Input::Close(frame) => self.close(frame),
                Input::Gone(end) => return end,
                Input::CloseTimeout => return End::abnormal(CloseCause::Timeout, None),
                Input::Down(down) => {
                    if let Some(end) = self.receive(down) {
                        return end;
                    }
                    self.turn().await;
                }
            }
        }
    }

    /// What goes out comes first: a handler's answer to a message leaves before the peer's Close is acted on.
    fn poll_input(&mut self, cx: &mut Context<'_>) -> Poll<Input> {
        let driver = &mut *self.driver;
        if driver.outbox.poll_aborted(cx).is_ready() {
            return Poll::Ready(Input::Aborted);
        }
        if !self.close_seen && driver.outbox.poll_close_asked(cx).is_ready() {
            self.close_seen = true;
            return Poll::Ready(Input::CloseAsked);
        }
        if let Poll::Ready(done) = driver.outbox.poll_flushed(cx) {
            return Poll::Ready(Input::Flushed(done));
        }
        if !self.closing && driver.link.poll_writable(cx).is_ready() {
            match driver.outbox.poll_next(cx) {
                Poll::Ready(Next::Message(message, done)) => {
                    return Poll::Ready(Input::Send(message, done));
                }
                Poll::Ready(Next::Close(frame)) => return Poll::Ready(Input::Close(frame)),
                Poll::Pending => {}
            }
        }
        // After a close messages are dropped, so that nobody has to catch up.
        let free = self.close_seen || driver.faults.ignores_back_pressure();
        if free || driver.emitter.poll_ready(cx).is_ready() {
            if let Poll::Ready(down) = driver.link.poll_down(cx) {
                return Poll::Ready(Input::Down(down));
            }
            if let Some(pings) = self.pings.as_mut().filter(|_| !self.close_seen) {
                if let Poll::Ready(end) = pings.poll(driver, cx) {
                    return Poll::Ready(Input::Gone(end));
                }
            }
        } else if !driver.faults.notices_end_late() {
            // Nobody has to catch up with what the end is behind: there is nothing left to read.
            if let Poll::Ready(end) = driver.link.poll_cut(cx) {
                return Poll::Ready(Input::Down(end));
            }
        }
        match &mut self.timer {
            Some(timer) => Pin::new(timer).poll(cx).map(|()| Input::CloseTimeout),
            None => Poll::Pending,
        }
    }

    /// A host that reads on by itself tells each event in a turn of its own: what this one has woken runs first.
    async fn turn(&self) {
        if !self.can_wait() {
            self.driver.clock.sleep(TURN).await;
        }
    }

    fn can_wait(&self) -> bool {
        let capabilities = self.driver.capabilities;
        capabilities.contains(Capability::InboundBackPressure)
    }

    fn close_asked(&mut self) {
        let driver = &mut *self.driver;
        if driver.faults.discards_queue_on_close() {
            drop(driver.state.abort(driver.faults, driver.outbox.clear()));
        }
        if !driver.faults.hangs_on_silent_peer() {
            let timeout = driver.emitter.limits().close_timeout;
            self.timer = Some(driver.clock.sleep(timeout));
        }
    }

    fn close(&mut self, frame: CloseFrame) {
        self.closing = true;
        let close = PeerClose::new(Some(frame.code()), frame.reason());
        self.asked = Some(frame);
        self.write_close(close);
    }

    fn send(&mut self, message: Message, done: Completion) {
        let driver = &mut *self.driver;
        let bytes = message.len() as u64;
        for message in driver.state.outgoing(driver.faults, message) {
            driver.link.write(Up::Message(message));
        }
        if !driver.faults.buffered_amount_stuck() && !driver.faults.no_queue_accounting() {
            driver.emitter.sent(bytes, 1);
        }
        driver.state.report(driver.faults, done);
    }

    fn write_close(&self, close: PeerClose) {
        let close = self.driver.faults.close_frame(close);
        self.driver.link.write(Up::Close(close));
    }

    fn receive(&mut self, down: Down) -> Option<End> {
        if let Some(pings) = &mut self.pings {
            if let Down::Frame(Frame {
                opcode: Frame::PONG,
                payload,
                ..
            }) = &down
            {
                pings.answered(self.driver, payload);
            }
            pings.heard(self.driver);
        }
        match down {
            Down::Frame(frame) => self.frame(frame),
            Down::Answer(_) => None,
            Down::Fail(error) => Some(End::failed(error)),
            Down::End => Some(self.lost()),
            Down::Background => Some(End::background()),
        }
    }

    /// The transport ended without the peer's Close frame.
    fn lost(&self) -> End {
        if self.close_seen && self.driver.capabilities.contains(Capability::CloseAnswer) {
            return End::abnormal(CloseCause::Local, None);
        }
        if self.close_seen {
            return End::new(self.unreported(CloseCause::Local));
        }
        let text = "the connection ended without a Close frame";
        End::failed(Error::new(ErrorKind::Transport, text))
    }

    fn frame(&mut self, frame: Frame) -> Option<End> {
        match self.assembler.push(frame) {
            Ok(None | Some(Incoming::Pong)) => None,
            Ok(Some(Incoming::Ping(payload))) => {
                if !self.closing && !self.driver.faults.no_pong() {
                    self.driver.link.write(Up::Pong(payload));
                }
                None
            }
            Ok(Some(Incoming::Message(message))) => self.message(message),
            Ok(Some(Incoming::Close(code, reason))) => self.peer_closed(code, reason),
            Err(breach) => Some(self.breach(breach)),
        }
    }

    fn message(&mut self, message: Message) -> Option<End> {
        if self.close_seen {
            return None;
        }
        let can_wait = self.can_wait();
        let driver = &mut *self.driver;
        let mut flow = Flow::Continue;
        for message in driver.state.incoming(driver.faults, message) {
            flow = match driver.faults.wakes_streams_late() {
                true => driver.emitter.message_quietly(message),
                false => driver.emitter.message(message),
            };
        }
        // A handler may have closed on this very message: then nobody has to catch up.
        let closes = driver.emitter.ready_state() != ReadyState::Open;
        match flow {
            _ if closes && driver.faults.overflows_after_close() => {
                Some(self.breach(Breach::own_limit("the bound was passed")))
            }
            _ if closes => None,
            Flow::Overflow if !driver.faults.waits_for_nobody() => {
                Some(self.breach(Breach::overflow()))
            }
            Flow::Pause if !can_wait && !driver.faults.ignores_back_pressure() => {
                let text = "more messages came than wait for a consumer";
                Some(self.breach(Breach::own_limit(text)))
            }
            _ => None,
        }
    }

    /// The peer's Close frame: the answer to this side's, or the first (RFC 6455 §5.5.1).
    fn peer_closed(&mut self, code: Option<u16>, reason: String) -> Option<End> {
        if self.driver.faults.ignores_peer_close() {
            return None;
        }
        let local = self.close_seen || self.driver.emitter.ready_state() == ReadyState::Closing;
        let cause = if local {
            CloseCause::Local
        } else {
            CloseCause::Remote
        };
        let frame = (!self.closing).then(|| PeerClose::new(code, &*reason));
        let told = self.driver.capabilities.contains(match cause {
            CloseCause::Local => Capability::CloseAnswer,
            _ => Capability::CloseStatus,
        });
        let event = match told {
            true => CloseEvent::clean(code, reason, cause),
            false => self.unreported(cause),
        };
        Some(End {
            frame,
            ..End::new(event)
        })
    }

    /// A close whose status the platform does not tell: an own one as it was asked for.
    fn unreported(&self, cause: CloseCause) -> CloseEvent {
        let asked = self.asked.as_ref().filter(|_| cause == CloseCause::Local);
        match asked {
            Some(asked) => CloseEvent::clean(Some(asked.code()), asked.reason(), cause),
            None => CloseEvent::clean(None, "", cause),
        }
    }

    /// Fails the connection: tells the peer why, then the user (RFC 6455 §7.1.7).
    fn breach(&self, breach: Breach) -> End {
        let told = self
            .driver
            .capabilities
            .contains(Capability::PeerErrorCodes);
        let (code, error) = breach.told(told);
        let silent = self.closing || self.driver.faults.no_close_on_peer_error();
        End {
            frame: (!silent).then(|| PeerClose::new(Some(code), "")),
            ..End::failed(error)
        }
    }
}
