//! Deliberately faulty variants of the mock, for testing conformance suites.

mod effects;
mod state;
mod url;

pub(crate) use effects::Faults;
pub(crate) use state::{FaultState, Neighbours};

use std::fmt;

macro_rules! faults {
    ($($(#[$doc:meta])* $variant:ident $name:literal,)*) => {
        /// One defect that [`MockConnector::with_fault`](crate::MockConnector::with_fault) gives the mock.
        ///
        /// For testing conformance suites: a suite that passes on a mock with a defect misses it.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum Fault {
            $($(#[$doc])* $variant,)*
        }

        impl Fault {
            /// Every fault, in declaration order.
            pub const ALL: &[Self] = &[$(Self::$variant),*];

            /// The name, in kebab case.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)*
                }
            }
        }
    };
}

faults! {
    /// Never becomes open.
    NeverOpens "never-opens",
    /// Waits for the handshake without end.
    IgnoresConnectTimeout "ignores-connect-timeout",
    /// Never reports a connection that could not be made.
    HangsOnFailure "hangs-on-failure",
    /// Reports the close of a failed connection without its error.
    FailsSilently "fails-silently",
    /// Reports the error of a failed connection, and no close.
    ErrorWithoutClose "error-without-close",
    /// Reports every failure as `Unknown`.
    WrongErrorKind "wrong-error-kind",
    /// Leaves the server's answer out of the error.
    DropsHandshakeResponse "drops-handshake-response",
    /// Opens whatever the server answers.
    AcceptsAnyHandshake "accepts-any-handshake",
    /// Dials two connections for one task.
    DialsTwice "dials-twice",
    /// Connects although an argument is malformed; takes effect in [`MockConnector::connect`](crate::MockConnector::connect).
    SkipsArgumentCheck "skips-argument-check",
    /// Asks for the URL with its escapes decoded.
    DecodesUrl "decodes-url",
    /// Asks for the path with a `.` in front.
    KeepsDotSegments "keeps-dot-segments",
    /// Leaves request header fields out.
    DropsRequestHeader "drops-request-header",
    /// Reports no response header on open.
    DropsResponseHeader "drops-response-header",
    /// Offers no subprotocol.
    DropsSubprotocols "drops-subprotocols",
    /// Offers all subprotocols as one.
    JoinsSubprotocols "joins-subprotocols",
    /// Does not report the selected subprotocol.
    HidesSubprotocol "hides-subprotocol",
    /// Declares every capability and ignores the options that it lacks.
    DeclaresEverything "declares-everything",
    /// Does not give the host's own object, and does not declare it.
    HidesWs "hides-ws",
    /// Opens although the server is not trusted.
    IgnoresTlsTrust "ignores-tls-trust",
    /// Loses the first message received.
    LosesMessage "loses-message",
    /// Reports every message twice.
    DuplicatesMessage "duplicates-message",
    /// Reports the second message before the first.
    SwapsMessages "swaps-messages",
    /// Changes the last byte of every message received.
    CorruptsPayload "corrupts-payload",
    /// Reports text as binary.
    TextAsBinary "text-as-binary",
    /// Reports binary as text.
    BinaryAsText "binary-as-text",
    /// Does not report empty messages.
    LosesEmptyMessage "loses-empty-message",
    /// Cuts received messages at 64 KiB.
    TruncatesMessage "truncates-message",
    /// Reports every fragment as a message.
    SplitsFragments "splits-fragments",
    /// Loses messages that come before the task has sent any.
    LosesEarlyMessage "loses-early-message",
    /// Takes messages of any size.
    NoInboundLimit "no-inbound-limit",
    /// Takes any number of fragments.
    NoFragmentLimit "no-fragment-limit",
    /// Reports text that is not UTF-8, with U+FFFD.
    AcceptsInvalidUtf8 "accepts-invalid-utf8",
    /// Reads on while a consumer is behind.
    IgnoresBackPressure "ignores-back-pressure",
    /// Wakes streams not when a message comes, but by what comes long after it.
    WakesStreamsLate "wakes-streams-late",
    /// Sends no pings, though it is asked for them.
    NeverPings "never-pings",
    /// Gives up a peer that answers pings.
    IgnoresAnswersToPings "ignores-answers-to-pings",
    /// Does not tell how long an answer to a ping took.
    HidesRoundTrip "hides-round-trip",
    /// Sends pings ten times a second, though they are not wanted.
    PingsUnasked "pings-unasked",
    /// Does not answer pings.
    NoPong "no-pong",
    /// Reports a connection's messages on another one.
    CrossesConnections "crosses-connections",
    /// Loses the first message sent.
    LosesSend "loses-send",
    /// Sends the second message before the first.
    ReordersSends "reorders-sends",
    /// Never reports a send.
    SendNeverCompletes "send-never-completes",
    /// Reports every send as failed.
    SendAlwaysFails "send-always-fails",
    /// Never takes sent messages off the buffered amount.
    BufferedAmountStuck "buffered-amount-stuck",
    /// Does not count what waits to be sent.
    NoQueueAccounting "no-queue-accounting",
    /// Sends an empty Close frame.
    DropsCloseCode "drops-close-code",
    /// Sends the Close frame without its reason.
    DropsCloseReason "drops-close-reason",
    /// Reports every end as 1006.
    Reports1006 "reports-1006",
    /// Does not report the peer's reason.
    HidesCloseReason "hides-close-reason",
    /// Never reports the close.
    NeverCloses "never-closes",
    /// Waits for the peer's Close frame without end.
    HangsOnSilentPeer "hangs-on-silent-peer",
    /// Gives up queued messages on `close`.
    DiscardsQueueOnClose "discards-queue-on-close",
    /// Goes on connecting after `close`, and stays connected.
    ConnectsAfterClose "connects-after-close",
    /// Stays connected when the last handle is dropped.
    StaysOpenWhenDropped "stays-open-when-dropped",
    /// Tells the peer nothing when it breaks RFC 6455.
    NoCloseOnPeerError "no-close-on-peer-error",
    /// Reports every end as caused by this side.
    CauseAlwaysLocal "cause-always-local",
    /// Reports every end as clean.
    AlwaysClean "always-clean",
    /// Ignores the peer's Close frame.
    IgnoresPeerClose "ignores-peer-close",
    /// Reports a flush at once.
    FlushesNothing "flushes-nothing",
    /// Shakes hands when it is to abort.
    AbortsPolitely "aborts-politely",
    /// Reports the end of an abort, and keeps the transport.
    AbortsInNameOnly "aborts-in-name-only",
    /// Closes when the last handle is dropped, without noting that this side asked for it.
    ClosesUnasked "closes-unasked",
    /// Fails for what nobody has consumed although it was closed meanwhile.
    OverflowsAfterClose "overflows-after-close",
    /// Waits, although there is no consumer at all.
    WaitsForNobody "waits-for-nobody",
    /// Does not notice the end of the transport while a consumer is behind.
    NoticesEndLate "notices-end-late",
    /// Reports the sends that an end gives up while the state is still Open.
    AbortsSendsWhileOpen "aborts-sends-while-open",
    /// Reports the sends that an end gives up after that end.
    AbortsSendsLate "aborts-sends-late",
    /// Reports every close as `Aborted`.
    AbortsClose "aborts-close",
    /// Advises never to try again.
    AdvisesNever "advises-never",
    /// Forgets a close that is asked for while the app is hidden, and reports it as done.
    ForgetsHiddenClose "forgets-hidden-close",
    /// Reports every end while the app is hidden as the host's.
    BlamesBackground "blames-background",
    /// Never frees the place of a connection that has ended.
    KeepsSockets "keeps-sockets",
}

impl Fault {
    /// The fault of this name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|fault| fault.name() == name)
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_unique_and_read_back() {
        for fault in Fault::ALL {
            assert_eq!(Fault::from_name(fault.name()), Some(*fault), "{fault}");
        }
        assert_eq!(Fault::from_name("unheard-of"), None);
    }
}
