//! Pings to a peer that says nothing.

use std::{
    future::Future,
    pin::Pin,
    task::{Context, Poll},
    time::Duration,
};

use taro_socket_api::{Bytes, CloseCause, Error, ErrorKind, KeepAlive};

use super::parts::Driver;
use crate::{clock::Sleep, end::End, link::Up};

/// What the Pings say.
const PAYLOAD: &[u8] = b"still there?";

/// When the peer is asked, and when it is given up.
pub(super) struct Pings {
    keep_alive: KeepAlive,
    timer: Sleep,
    /// When the Ping that nothing has followed yet was sent.
    asked: Option<Duration>,
}

impl Pings {
    pub(super) fn new(driver: &Driver) -> Option<Self> {
        let unasked = driver.faults.pings_unasked();
        let keep_alive = driver.request.keep_alive.or(unasked)?;
        (!driver.faults.never_pings()).then(|| Self {
            keep_alive,
            timer: driver.clock.sleep(keep_alive.interval),
            asked: None,
        })
    }

    /// Something has come from the peer.
    pub(super) fn heard(&mut self, driver: &Driver) {
        if !driver.faults.ignores_answers_to_pings() {
            self.asked = None;
            self.timer = driver.clock.sleep(self.keep_alive.interval);
        }
    }

    /// A Pong has come.
    pub(super) fn answered(&self, driver: &Driver, payload: &Bytes) {
        let asked = self.asked.filter(|_| payload == PAYLOAD);
        if let (Some(since), false) = (asked, driver.faults.hides_round_trip()) {
            driver
                .emitter
                .answered(driver.clock.now().saturating_sub(since));
        }
    }

    /// Sends the Ping that is due; ready with the end where none was answered.
    pub(super) fn poll(&mut self, driver: &Driver, cx: &mut Context<'_>) -> Poll<End> {
        while Pin::new(&mut self.timer).poll(cx).is_ready() {
            if self.asked.is_some() {
                return Poll::Ready(gone());
            }
            driver.link.write(Up::Ping(Bytes::from_static(PAYLOAD)));
            self.asked = Some(driver.clock.now());
            self.timer = driver.clock.sleep(self.keep_alive.deadline);
        }
        Poll::Pending
    }
}

fn gone() -> End {
    let text = "the connection is dead: the server has not answered a Ping";
    End::abnormal(
        CloseCause::Timeout,
        Some(Error::new(ErrorKind::Timeout, text)),
    )
}
