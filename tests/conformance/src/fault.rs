//! The faulty variants of the mock that the cases catch.

macro_rules! faults {
    ($($(#[$doc:meta])* $name:ident = $text:literal,)*) => {
        /// One way in which an adapter can be wrong.
        ///
        /// The mock has a variant under each [`name`](Fault::name); its self-test runs every case
        /// against the sound mock, where it must pass, and against the case's fault, where it must fail.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[non_exhaustive]
        pub enum Fault {
            $($(#[$doc])* $name,)*
        }

        impl Fault {
            /// Every fault.
            pub const ALL: &[Self] = &[$(Self::$name),*];

            /// The name in kebab case, shared with the mock.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$name => $text,)*
                }
            }
        }
    };
}

faults! {
    // The connection.
    /// The open event is never reported.
    NeverOpens = "never-opens",
    /// The connect timeout passes without effect.
    IgnoresConnectTimeout = "ignores-connect-timeout",
    /// A failed connect is never reported.
    HangsOnFailure = "hangs-on-failure",
    /// A failure is reported as close without error.
    FailsSilently = "fails-silently",
    /// A failure is reported as error without close.
    ErrorWithoutClose = "error-without-close",
    /// Every failure has the kind `Unknown`.
    WrongErrorKind = "wrong-error-kind",
    /// Every failure comes with the advice never to try again.
    AdvisesNever = "advises-never",
    /// Status and body of a refused handshake are left out.
    DropsHandshakeResponse = "drops-handshake-response",
    /// Opens although the peer refused, or answered the handshake wrongly.
    AcceptsAnyHandshake = "accepts-any-handshake",
    /// Dials every peer twice.
    DialsTwice = "dials-twice",
    /// A malformed argument is not refused.
    SkipsArgumentCheck = "skips-argument-check",
    /// The URL's escapes are decoded on the way to the peer.
    DecodesUrl = "decodes-url",
    /// The path is asked for with a `.` in front.
    KeepsDotSegments = "keeps-dot-segments",
    /// Request headers are left out.
    DropsRequestHeader = "drops-request-header",
    /// Response headers are left out.
    DropsResponseHeader = "drops-response-header",
    /// Subprotocols are not offered.
    DropsSubprotocols = "drops-subprotocols",
    /// Subprotocols are offered as one token, joined by commas.
    JoinsSubprotocols = "joins-subprotocols",
    /// The selected subprotocol is not reported.
    HidesSubprotocol = "hides-subprotocol",
    /// Declares capabilities that it lacks and ignores the options.
    DeclaresEverything = "declares-everything",
    /// The host's own object is not given.
    HidesWs = "hides-ws",
    /// Accepts any certificate.
    IgnoresTlsTrust = "ignores-tls-trust",

    // Messages received.
    /// The first message of a connection is lost.
    LosesMessage = "loses-message",
    /// Every message is reported twice.
    DuplicatesMessage = "duplicates-message",
    /// Two messages in a row change places.
    SwapsMessages = "swaps-messages",
    /// One byte of the payload is changed.
    CorruptsPayload = "corrupts-payload",
    /// Text messages are reported as binary.
    TextAsBinary = "text-as-binary",
    /// Binary messages that are valid UTF-8 are reported as text.
    BinaryAsText = "binary-as-text",
    /// Messages without payload are lost.
    LosesEmptyMessage = "loses-empty-message",
    /// Messages are cut at 64 KiB.
    TruncatesMessage = "truncates-message",
    /// Every fragment is reported as a message.
    SplitsFragments = "splits-fragments",
    /// Messages that arrive before a handler is registered are lost.
    LosesEarlyMessage = "loses-early-message",
    /// `Limits::max_message_bytes` has no effect.
    NoInboundLimit = "no-inbound-limit",
    /// `Limits::max_fragments` has no effect.
    NoFragmentLimit = "no-fragment-limit",
    /// Invalid UTF-8 is replaced instead of refused.
    AcceptsInvalidUtf8 = "accepts-invalid-utf8",
    /// Reads on while a consumer is behind.
    IgnoresBackPressure = "ignores-back-pressure",
    /// Streams are not woken by a message, but by what comes long after it.
    WakesStreamsLate = "wakes-streams-late",
    /// Waits for a consumer although there is none.
    WaitsForNobody = "waits-for-nobody",
    /// Pings are not answered.
    NoPong = "no-pong",
    /// No pings are sent, though they are asked for.
    NeverPings = "never-pings",
    /// A peer that answers pings is given up.
    IgnoresAnswersToPings = "ignores-answers-to-pings",
    /// The time that an answer to a ping took is not told.
    HidesRoundTrip = "hides-round-trip",
    /// Pings are sent, though they are not wanted.
    PingsUnasked = "pings-unasked",
    /// Messages of one task go to another.
    CrossesConnections = "crosses-connections",

    // Messages sent.
    /// The first message sent is lost.
    LosesSend = "loses-send",
    /// Two sends in a row change places.
    ReordersSends = "reorders-sends",
    /// A send is never reported.
    SendNeverCompletes = "send-never-completes",
    /// A send is reported as failed although it is carried out.
    SendAlwaysFails = "send-always-fails",
    /// What was sent keeps counting as waiting.
    BufferedAmountStuck = "buffered-amount-stuck",
    /// What waits to be sent is not counted.
    NoQueueAccounting = "no-queue-accounting",
    /// A flush is reported at once.
    FlushesNothing = "flushes-nothing",

    // The end.
    /// The close code is not sent.
    DropsCloseCode = "drops-close-code",
    /// The close reason is not sent.
    DropsCloseReason = "drops-close-reason",
    /// Every close is reported as 1006, as Taro's H5 does.
    Reports1006 = "reports-1006",
    /// The peer's close reason is not reported.
    HidesCloseReason = "hides-close-reason",
    /// The close event is never reported.
    NeverCloses = "never-closes",
    /// Waits for ever for a peer that does not answer the Close frame.
    HangsOnSilentPeer = "hangs-on-silent-peer",
    /// What waits to be sent is dropped by close.
    DiscardsQueueOnClose = "discards-queue-on-close",
    /// A close while connecting is ignored: the peer sees the connection open and stay.
    ConnectsAfterClose = "connects-after-close",
    /// Dropping the last handle leaves the connection open.
    StaysOpenWhenDropped = "stays-open-when-dropped",
    /// A breach of the protocol by the peer is reported, but no Close frame is sent.
    NoCloseOnPeerError = "no-close-on-peer-error",
    /// Every close has the cause `Local`.
    CauseAlwaysLocal = "cause-always-local",
    /// Every close is reported as clean.
    AlwaysClean = "always-clean",
    /// The peer's Close frame is ignored.
    IgnoresPeerClose = "ignores-peer-close",
    /// Every `close` is reported as `Aborted`.
    AbortsClose = "aborts-close",
    /// `abort` shakes hands to close.
    AbortsPolitely = "aborts-politely",
    /// `abort` is reported, but the connection stays.
    AbortsInNameOnly = "aborts-in-name-only",
    /// Dropping the last handle closes, but does not count as asked for.
    ClosesUnasked = "closes-unasked",
    /// The bound of what waits is applied to a task that was closed meanwhile.
    OverflowsAfterClose = "overflows-after-close",
    /// The end of the transport is not noticed while a consumer is behind.
    NoticesEndLate = "notices-end-late",
    /// The sends that an end gives up are reported while the state is still Open.
    AbortsSendsWhileOpen = "aborts-sends-while-open",
    /// The sends that an end gives up are reported after that end.
    AbortsSendsLate = "aborts-sends-late",

    // The app around the connection.
    /// A close that is asked for while the app is hidden is forgotten, and reported as done.
    ForgetsHiddenClose = "forgets-hidden-close",
    /// Every end while the app is hidden is reported as the host's.
    BlamesBackground = "blames-background",
    /// The place of a connection that has ended is never free again.
    KeepsSockets = "keeps-sockets",
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_unique_and_match_their_variants() {
        let mut names: Vec<_> = Fault::ALL.iter().map(|fault| fault.name()).collect();
        for fault in Fault::ALL {
            let squeezed = fault.name().replace('-', "");
            assert_eq!(squeezed, format!("{fault:?}").to_lowercase());
        }
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), Fault::ALL.len());
    }
}
