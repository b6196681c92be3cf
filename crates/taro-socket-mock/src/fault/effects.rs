//! The effect of every fault that needs no memory: each in one place, none without a fault.

use std::time::Duration;

use taro_socket_api::{
    ByteString, Capability, CapabilitySet, CloseCause, CloseEvent, Completion, Error, ErrorKind,
    Header, KeepAlive, OpenEvent, RetryAdvice,
};

use super::{Fault, url};
use crate::{end::End, event::PeerClose, request::MockRequest};

/// The fault of one connector, or none.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Faults(pub(super) Option<Fault>);

/// Decisions that one fault turns over.
macro_rules! switches {
    ($($name:ident $variant:ident,)*) => {$(
        pub(crate) fn $name(self) -> bool {
            self.is(Fault::$variant)
        }
    )*};
}

impl Faults {
    pub(crate) fn new(fault: Fault) -> Self {
        Self(Some(fault))
    }

    pub(super) fn is(self, fault: Fault) -> bool {
        self.0 == Some(fault)
    }

    switches! {
        never_opens NeverOpens,
        accepts_any_handshake AcceptsAnyHandshake,
        dials_twice DialsTwice,
        skips_argument_check SkipsArgumentCheck,
        splits_fragments SplitsFragments,
        ignores_back_pressure IgnoresBackPressure,
        wakes_streams_late WakesStreamsLate,
        never_pings NeverPings,
        ignores_answers_to_pings IgnoresAnswersToPings,
        hides_round_trip HidesRoundTrip,
        no_pong NoPong,
        buffered_amount_stuck BufferedAmountStuck,
        no_queue_accounting NoQueueAccounting,
        hangs_on_silent_peer HangsOnSilentPeer,
        discards_queue_on_close DiscardsQueueOnClose,
        connects_after_close ConnectsAfterClose,
        stays_open_when_dropped StaysOpenWhenDropped,
        no_close_on_peer_error NoCloseOnPeerError,
        ignores_peer_close IgnoresPeerClose,
        flushes_nothing FlushesNothing,
        aborts_politely AbortsPolitely,
        aborts_in_name_only AbortsInNameOnly,
        closes_unasked ClosesUnasked,
        overflows_after_close OverflowsAfterClose,
        waits_for_nobody WaitsForNobody,
        notices_end_late NoticesEndLate,
        aborts_close AbortsClose,
        forgets_hidden_close ForgetsHiddenClose,
        blames_background BlamesBackground,
        keeps_sockets KeepsSockets,
    }
}

/// Opening.
impl Faults {
    pub(crate) fn capabilities(self, capabilities: CapabilitySet) -> CapabilitySet {
        match self.0 {
            Some(Fault::DeclaresEverything) => Capability::ALL.iter().copied().collect(),
            Some(Fault::HidesWs) => capabilities.without(Capability::Ws),
            _ => capabilities,
        }
    }

    /// What the peer sees of the request.
    pub(crate) fn request(self, request: &mut MockRequest) {
        match self.0 {
            Some(Fault::DecodesUrl) => request.url = url::decoded(&request.url),
            Some(Fault::KeepsDotSegments) => request.url = url::dotted(&request.url),
            Some(Fault::DropsRequestHeader) => request.header = Header::new(),
            Some(Fault::DropsSubprotocols) => request.protocols.clear(),
            Some(Fault::JoinsSubprotocols) if !request.protocols.is_empty() => {
                request.protocols = vec![request.protocols.join(", ")];
            }
            Some(Fault::DeclaresEverything) => {
                request.per_message_deflate = false;
                request.keep_alive = None;
                request.force_cellular_network = false;
            }
            _ => {}
        }
    }

    /// How pings are sent, whatever is asked for.
    pub(crate) fn pings_unasked(self) -> Option<KeepAlive> {
        let often = Duration::from_millis(100);
        self.is(Fault::PingsUnasked).then_some(KeepAlive {
            interval: often,
            deadline: often,
        })
    }

    pub(crate) fn connect_timeout(self, timeout: Duration) -> Option<Duration> {
        (!self.is(Fault::IgnoresConnectTimeout)).then_some(timeout)
    }

    /// Whether a close that is asked for now does not end the handshake.
    pub(crate) fn goes_on_connecting(self) -> bool {
        self.connects_after_close()
    }

    pub(crate) fn ignores(self, error: &Error) -> bool {
        self.is(Fault::IgnoresTlsTrust) && error.kind() == ErrorKind::Tls
    }

    pub(crate) fn open_event(self, mut event: OpenEvent) -> OpenEvent {
        match self.0 {
            Some(Fault::DropsResponseHeader) => event.header = Header::new(),
            Some(Fault::HidesSubprotocol) => event.protocol = None,
            _ => {}
        }
        event
    }
}

/// Messages.
impl Faults {
    pub(crate) fn max_message_bytes(self, bytes: usize) -> usize {
        if self.is(Fault::NoInboundLimit) {
            usize::MAX
        } else {
            bytes
        }
    }

    pub(crate) fn max_fragments(self, count: usize) -> usize {
        if self.is(Fault::NoFragmentLimit) {
            usize::MAX
        } else {
            count
        }
    }

    pub(crate) fn lossy_text(self, bytes: &[u8]) -> Option<ByteString> {
        self.is(Fault::AcceptsInvalidUtf8)
            .then(|| String::from_utf8_lossy(bytes).into_owned().into())
    }
}

/// The end.
impl Faults {
    /// The Close frame of this side.
    pub(crate) fn close_frame(self, mut close: PeerClose) -> PeerClose {
        match self.0 {
            Some(Fault::DropsCloseCode) => PeerClose::new(None, ""),
            Some(Fault::DropsCloseReason) => {
                close.reason.clear();
                close
            }
            _ => close,
        }
    }

    /// The reports that are left for the end.
    pub(crate) fn before_closing(self, unsent: Vec<Completion>) -> Vec<Completion> {
        if self.is(Fault::AbortsSendsWhileOpen) {
            drop(unsent);
            return Vec::new();
        }
        unsent
    }

    /// The reports that come before the end is told; as an error those that come after it.
    pub(crate) fn after_close(
        self,
        unsent: Vec<Completion>,
    ) -> Result<Vec<Completion>, Vec<Completion>> {
        if self.is(Fault::AbortsSendsLate) {
            return Err(unsent);
        }
        Ok(unsent)
    }

    /// What is reported of an end: error and close.
    pub(crate) fn end(self, end: End) -> (Option<Error>, Option<CloseEvent>) {
        let End {
            mut error,
            mut event,
            ..
        } = end;
        let failed = error.is_some();
        match self.0 {
            Some(Fault::HangsOnFailure) if failed => return (None, None),
            Some(Fault::ErrorWithoutClose) if failed => return (error, None),
            Some(Fault::NeverCloses) => return (error, None),
            Some(Fault::FailsSilently) => error = None,
            Some(Fault::WrongErrorKind) => {
                error =
                    error.map(|error| Error::new(ErrorKind::Unknown, error.reason().to_owned()));
            }
            Some(Fault::AdvisesNever) => {
                error = error.map(|error| error.with_retry(RetryAdvice::Never));
            }
            Some(Fault::DropsHandshakeResponse) => {
                error = error.map(|error| Error::new(error.kind(), error.reason().to_owned()));
            }
            Some(Fault::Reports1006) => event = CloseEvent::abnormal(event.cause),
            Some(Fault::HidesCloseReason) => event.reason.clear(),
            Some(Fault::CauseAlwaysLocal) => event.cause = CloseCause::Local,
            Some(Fault::AlwaysClean) => event.was_clean = true,
            _ => {}
        }
        (error, Some(event))
    }
}
