//! Whether the server is still there (RFC 6455 §5.5.2).

use std::{
    future::Future,
    pin::Pin,
    task::{Context, Poll, ready},
    time::Duration,
};

use taro_socket_api::{CloseCause, CloseEvent, KeepAlive, ReadyState};
use tokio::time::{Instant, Sleep};

use super::{Driver, Phase};
use crate::error;

/// Longer than any connection: 30 years, which every clock can tell.
const NEVER: Duration = Duration::from_secs(30 * 365 * 24 * 60 * 60);

/// After a stop of this whole process time is over before the system was asked what has come meanwhile. So it is asked
/// once more, 50 ms later.
const LOOK_AGAIN: Duration = Duration::from_millis(50);

/// The connection's pings.
#[derive(Debug)]
pub(super) struct Liveness {
    keep_alive: KeepAlive,
    timer: Pin<Box<Sleep>>,
    /// When there was a sign of life last.
    last: Instant,
    /// The Ping behind which no sign of life has been found yet.
    asked: Option<Asked>,
    /// No answer was there when the time was over; it is looked for once more.
    is_late: bool,
    /// What the next Ping says.
    number: u32,
}

#[derive(Debug)]
struct Asked {
    payload: [u8; 4],
    since: Instant,
    /// How many bytes will have been written, at least, when it has left.
    end: u64,
    left: Option<Instant>,
}

/// What is to be done now.
enum Due {
    Ping([u8; 4]),
    /// The server is gone.
    End,
}

impl Liveness {
    pub(super) fn new(keep_alive: KeepAlive) -> Self {
        Self {
            keep_alive,
            timer: Box::pin(tokio::time::sleep(a_little_less(keep_alive.interval))),
            last: Instant::now(),
            asked: None,
            is_late: false,
            number: 0,
        }
    }

    /// Bytes have come, or nobody could have noticed if they had.
    pub(super) fn heard(&mut self) {
        self.last = Instant::now();
    }

    /// Bytes have left, `written` in all. While the Ping waits behind them they are a sign of life: the server takes
    /// what is sent.
    pub(super) fn left(&mut self, written: u64) {
        match &mut self.asked {
            Some(asked) if written < asked.end => self.heard(),
            Some(asked) => asked.left = asked.left.or_else(|| Some(Instant::now())),
            None => {}
        }
    }

    /// The round trip that this Pong ends; `None` if it answers no Ping of ours.
    pub(super) fn answered(&mut self, pong: &[u8]) -> Option<Duration> {
        let asked = self.asked.as_ref().filter(|asked| asked.payload == pong)?;
        let took = asked.left.unwrap_or(asked.since).elapsed();
        self.asked = None;
        self.rearm(a_little_less(self.keep_alive.interval));
        Some(took)
    }

    fn poll(&mut self, cx: &mut Context<'_>) -> Poll<Due> {
        loop {
            ready!(self.timer.as_mut().poll(cx));
            let KeepAlive { interval, deadline } = self.keep_alive;
            let silence = self.last.elapsed();
            match &self.asked {
                Some(asked) if asked.since >= self.last && self.is_late => {
                    return Poll::Ready(Due::End);
                }
                Some(asked) if asked.since >= self.last => {
                    self.is_late = true;
                    self.rearm(LOOK_AGAIN);
                    continue;
                }
                _ => (self.asked, self.is_late) = (None, false),
            }
            // A tenth of the interval is left to chance.
            let is_idle = silence >= interval.mul_f64(0.9);
            if is_idle {
                self.rearm(deadline);
                self.number = self.number.wrapping_add(1);
                return Poll::Ready(Due::Ping(self.number.to_be_bytes()));
            }
            self.rearm(a_little_less(interval).saturating_sub(silence));
        }
    }

    fn rearm(&mut self, wait: Duration) {
        // What a clock cannot tell never comes.
        let wait = wait.clamp(Duration::from_millis(1), NEVER);
        self.timer.as_mut().reset(Instant::now() + wait);
    }
}

/// Up to a tenth less, so that many clients do not ping together.
fn a_little_less(interval: Duration) -> Duration {
    interval.mul_f64(rand::random_range(0.9..1.0))
}

impl Driver {
    /// Sends a Ping that is due, or gives a server up that is gone; whether there was anything to do.
    pub(super) fn pulse(&mut self, cx: &mut Context<'_>) -> bool {
        // An end that was asked for, or seen, has its own time.
        let is_open = self.emitter.ready_state() == ReadyState::Open && self.broken.is_none();
        let Some(liveness) = self.liveness.as_mut().filter(|_| is_open) else {
            return false;
        };
        if self.paused {
            // What comes is not read.
            liveness.heard();
        }
        match liveness.poll(cx) {
            Poll::Pending => return false,
            Poll::Ready(Due::Ping(payload)) => {
                self.encoder.ping(payload);
                liveness.asked = Some(Asked {
                    payload,
                    since: Instant::now(),
                    end: self.encoder.end(),
                    left: None,
                });
            }
            Poll::Ready(Due::End) => self.gone(),
        }
        true
    }

    /// The server is gone, so it is not asked to close.
    fn gone(&mut self) {
        if let Some(Liveness { keep_alive, .. }) = &self.liveness {
            self.emitter.failed(error::gone(&self.place, keep_alive));
        }
        self.report(CloseEvent::abnormal(CloseCause::Timeout));
        self.phase = Phase::Finished;
    }
}
