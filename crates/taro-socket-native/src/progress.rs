//! How far connecting has come, and the time that its phases took.

use std::time::Duration;

use taro_socket_api::{Error, ErrorKind};
use tokio::time::Instant;

/// What is waited for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Phase {
    Resolve,
    Connect,
    /// TLS to a proxy, and the request for the way.
    Proxy,
    Tls,
    Upgrade,
}

impl Phase {
    fn name(self) -> &'static str {
        match self {
            Self::Resolve => "resolve",
            Self::Connect => "connect",
            Self::Proxy => "proxy",
            Self::Tls => "TLS",
            Self::Upgrade => "upgrade",
        }
    }

    fn missing(self) -> &'static str {
        match self {
            Self::Resolve => "its name was not resolved: check its spelling, the network, and DNS",
            Self::Connect => "TCP was not accepted: check host and port, and firewalls between",
            Self::Proxy => {
                "the proxy did not answer: is a proxy at this port, is its scheme right, and can it reach the server?"
            }
            Self::Tls => {
                "the TLS handshake was not answered: does this port speak TLS, or is it ws://?"
            }
            Self::Upgrade => {
                "the opening handshake was not answered: is a WebSocket server at this port, and is the scheme right (ws:// or wss://)?"
            }
        }
    }
}

/// The present phase, those before it, and where to.
#[derive(Debug)]
pub(crate) struct Progress {
    /// `host:port`, of the proxy where that is connected to.
    pub(crate) place: String,
    present: Option<(Phase, Instant)>,
    past: Vec<(Phase, Duration)>,
    /// The phases of the places that redirected, and the name of the present place; empty at the first.
    before: String,
}

impl Progress {
    pub(crate) fn to(place: &str) -> Self {
        Self {
            place: place.to_owned(),
            present: None,
            past: Vec::new(),
            before: String::new(),
        }
    }

    /// A redirect leads to another place, whose phases follow.
    pub(crate) fn redirected(&mut self, place: String) {
        let mut before = self.phases();
        before.push_str("; ");
        before.push_str(&place);
        *self = Self {
            before,
            ..Self::to(&place)
        };
    }

    /// The present phase is over, and this one begins.
    pub(crate) fn enter(&mut self, phase: Phase) {
        if let Some((past, since)) = self.present.replace((phase, Instant::now())) {
            self.past.push((past, since.elapsed()));
        }
    }

    /// The error of a connection that was not there in time.
    pub(crate) fn timed_out(&self, timeout: Duration) -> Error {
        let missing = self
            .present
            .map_or("it was not tried", |(phase, _)| phase.missing());
        let place = &self.place;
        let text = format!("not connected to {place} within {timeout:?}: {missing}");
        Error::new(ErrorKind::Timeout, text)
    }

    /// The error with the phases behind it, in order, and the time that each took.
    pub(crate) fn told(&self, error: Error) -> Error {
        let phases = self.phases();
        if phases.is_empty() {
            return error;
        }
        let text = format!("{} [{phases}]", error.reason());
        error.with_reason(text)
    }

    fn phases(&self) -> String {
        let present = self.present.map(|(phase, since)| (phase, since.elapsed()));
        let phases: Vec<_> = self
            .past
            .iter()
            .copied()
            .chain(present)
            .map(|(phase, took)| format!("{} {}", phase.name(), rounded(took)))
            .collect();
        let phases = phases.join(", ");
        match (self.before.is_empty(), phases.is_empty()) {
            (true, _) => phases,
            (false, true) => self.before.clone(),
            (false, false) => format!("{}: {phases}", self.before),
        }
    }
}

/// Of three digits or so: nobody needs more.
fn rounded(took: Duration) -> String {
    if took < Duration::from_millis(10) {
        format!("{:.1} ms", took.as_secs_f64() * 1e3)
    } else if took < Duration::from_secs(1) {
        format!("{} ms", took.as_millis())
    } else {
        format!("{:.1} s", took.as_secs_f64())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_short() {
        let table = [
            (200, "0.2 ms"),
            (9_940, "9.9 ms"),
            (10_900, "10 ms"),
            (1_240_000, "1.2 s"),
            (60_000_000, "60.0 s"),
        ];
        for (micros, text) in table {
            assert_eq!(rounded(Duration::from_micros(micros)), text);
        }
    }

    #[tokio::test(start_paused = true)]
    async fn an_error_names_the_phases_and_their_times() {
        let mut progress = Progress::to("a:1");
        progress.enter(Phase::Resolve);
        tokio::time::advance(Duration::from_millis(12)).await;
        progress.enter(Phase::Connect);
        tokio::time::advance(Duration::from_secs(2)).await;
        let error = progress.told(progress.timed_out(Duration::from_secs(2)));
        assert!(
            error.reason().ends_with("[resolve 12 ms, connect 2.0 s]"),
            "{error}"
        );
        assert_eq!(error.kind(), ErrorKind::Timeout);
    }

    #[tokio::test(start_paused = true)]
    async fn phases_of_places_that_redirected_stand_before() {
        let mut progress = Progress::to("a:1");
        let told = |progress: &Progress| {
            let error = progress.told(Error::new(ErrorKind::Connect, "no"));
            error.reason().to_owned()
        };
        assert_eq!(told(&progress), "no");
        progress.enter(Phase::Connect);
        progress.redirected("b:2".to_owned());
        assert_eq!(progress.place, "b:2");
        assert_eq!(told(&progress), "no [connect 0.0 ms; b:2]");
        progress.enter(Phase::Connect);
        progress.enter(Phase::Upgrade);
        progress.redirected("c:3".to_owned());
        progress.enter(Phase::Tls);
        let expected = "no [connect 0.0 ms; b:2: connect 0.0 ms, upgrade 0.0 ms; c:3: TLS 0.0 ms]";
        assert_eq!(told(&progress), expected);
    }
}
