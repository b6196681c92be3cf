//! What a case works with.

use std::{future::Future, sync::Arc, task::Poll, time::Duration};

use futures::future::{self, Either};
use taro_socket_api::{
    BoxFuture, Capability, CloseCause, CloseEvent, ConnectSocketOption, Error, ErrorKind, Limits,
    SocketTask,
};

use crate::{
    Behavior, Failure, Harness, Peer, Target, Until,
    app::Hidden,
    live::{Brief, Live, peer_got_close},
};

/// The default limits, changed.
pub(crate) fn limits(set: impl FnOnce(&mut Limits)) -> Limits {
    let mut limits = Limits::default();
    set(&mut limits);
    limits
}

/// The harness of one case, with the steps that cases share.
#[derive(Clone, Debug)]
pub struct Cx {
    harness: Arc<dyn Harness>,
}

impl Cx {
    pub(crate) fn new(harness: Arc<dyn Harness>) -> Self {
        Self { harness }
    }

    /// A peer that behaves so, at `ws://` where the platform may dial that.
    pub(crate) async fn peer(&self, behavior: Behavior) -> Result<Peer, Failure> {
        let target = if self.declares(Capability::PlainWs) {
            Target::Plain(behavior)
        } else {
            Target::Secure(behavior)
        };
        self.target(target).await
    }

    /// Whether the connector under test declares `capability`.
    pub(crate) fn declares(&self, capability: Capability) -> bool {
        self.harness.capabilities().contains(capability)
    }

    /// `wanted`, or as many sockets as the host lets exist at once.
    pub(crate) fn sockets(&self, wanted: usize) -> usize {
        wanted.min(self.harness.max_sockets())
    }

    /// The app is off the screen while the value lives.
    pub(crate) fn hide(&self) -> Result<Hidden<'_>, Failure> {
        let app = self.harness.app();
        Hidden::new(app.ok_or_else(|| Failure::new("there is no app to hide"))?)
    }

    pub(crate) async fn target(&self, target: Target) -> Result<Peer, Failure> {
        self.harness.peer(target).await
    }

    pub(crate) fn connect(
        &self,
        option: ConnectSocketOption,
    ) -> BoxFuture<'_, taro_socket_api::Result<Arc<dyn SocketTask>>> {
        self.harness.connect(option)
    }

    /// A task on its way to a peer that behaves so.
    pub(crate) async fn dial(&self, behavior: Behavior) -> Result<Live, Failure> {
        self.dial_with(behavior, |option| option).await
    }

    /// As [`dial`](Self::dial), with options.
    pub(crate) async fn dial_with(
        &self,
        behavior: Behavior,
        set: impl FnOnce(ConnectSocketOption) -> ConnectSocketOption,
    ) -> Result<Live, Failure> {
        let peer = self.peer(behavior).await?;
        self.dial_peer(peer, set).await
    }

    /// A task on its way to `peer`.
    pub(crate) async fn dial_peer(
        &self,
        peer: Peer,
        set: impl FnOnce(ConnectSocketOption) -> ConnectSocketOption,
    ) -> Result<Live, Failure> {
        let task = self
            .connect(set(ConnectSocketOption::new(peer.url())))
            .await?;
        Ok(Live::new(task, peer))
    }

    /// An open task.
    pub(crate) async fn open(&self, behavior: Behavior) -> Result<Live, Failure> {
        self.open_with(behavior, |option| option).await
    }

    /// As [`open`](Self::open), with options.
    pub(crate) async fn open_with(
        &self,
        behavior: Behavior,
        set: impl FnOnce(ConnectSocketOption) -> ConnectSocketOption,
    ) -> Result<Live, Failure> {
        let mut live = self.dial_with(behavior, set).await?;
        live.open().await?;
        Ok(live)
    }

    /// Asks for what must be refused before anything is dialled, then shows that connecting still works.
    pub(crate) async fn refuses(
        &self,
        peer: &Peer,
        option: ConnectSocketOption,
        kind: ErrorKind,
    ) -> Result<Error, Failure> {
        let what = format!("{option:?}");
        let Err(error) = self.connect(option).await else {
            return Err(Failure::new(format!("accepted {what}")));
        };
        ensure_eq!(error.kind(), kind, "kind of {error} for {what}");
        let text = error.err_msg();
        ensure!(text.starts_with("connectSocket:fail "), "errMsg {text:?}");
        let seen = peer.seen(Until::Now).await?;
        ensure!(
            seen.requests.is_empty(),
            "the peer was dialled: {}",
            Brief(&seen)
        );
        Ok(error)
    }

    /// An open task whose peer never answers Close, with this close timeout.
    pub(crate) async fn open_unanswered(&self, close_timeout: Duration) -> Result<Live, Failure> {
        let bound = limits(|limits| limits.close_timeout = close_timeout);
        self.open_with(Behavior::IgnoreClose, |option| option.limits(bound))
            .await
    }

    /// The peer has broken RFC 6455: the task fails with this kind, and the peer gets this code.
    ///
    /// Where the host judges by itself the kind is `Transport`, and all that the peer sees is an end.
    pub(crate) async fn breached(
        &self,
        live: &mut Live,
        kind: ErrorKind,
        code: u16,
    ) -> Result<(), Failure> {
        if !self.declares(Capability::PeerErrorCodes) {
            live.fails(ErrorKind::Transport).await?;
            return live.peer.ended().await;
        }
        live.fails(kind).await?;
        ensure_eq!(
            live.peer.close_code().await?,
            Some(code),
            "close code at the peer"
        );
        Ok(())
    }

    /// The peer of a handshake that was given up never opens. Where the adapter has the transport in its own
    /// hands, its connection ends; a host may keep that for a while.
    pub(crate) async fn never_opened(&self, peer: &Peer) -> Result<(), Failure> {
        let until = match self.declares(Capability::PeerErrorCodes) {
            true => Until::Ended,
            false => Until::Now,
        };
        ensure!(!peer.seen(until).await?.opened, "the peer opened");
        Ok(())
    }

    /// A close that the peer began is reported with its status. Where the platform does not declare to tell it,
    /// it may be reported as 1005.
    pub(crate) fn closed_by_peer(
        &self,
        close: &CloseEvent,
        code: Option<u16>,
        reason: &str,
    ) -> Result<(), Failure> {
        let told = CloseEvent::clean(code, reason, CloseCause::Remote);
        // Some hosts tell the reason alone, or the code alone.
        let unreported = [(None, ""), (None, reason), (code, "")]
            .map(|(code, reason)| CloseEvent::clean(code, reason, CloseCause::Remote));
        let declared = self.declares(Capability::CloseStatus);
        ensure!(
            *close == told || (!declared && unreported.contains(close)),
            "got {close:?}, expected {told:?}"
        );
        Ok(())
    }

    /// The peer got an answer to its Close frame.
    ///
    /// An adapter that writes its own frames repeats code and reason. A host that writes them by itself may
    /// leave them out, or say 1000: RFC 6455 §5.5.1 says only what is typical.
    pub(crate) async fn close_answered(
        &self,
        peer: &Peer,
        code: Option<u16>,
        reason: &str,
    ) -> Result<(), Failure> {
        if self.declares(Capability::PeerErrorCodes) {
            peer_got_close(peer, code, reason).await?;
            return Ok(());
        }
        let seen = peer.seen(Until::Closed).await?;
        let Some(close) = &seen.close else {
            return Err(Failure::new(format!(
                "no answer reached the peer: {}",
                Brief(&seen)
            )));
        };
        let allowed = close.code == code || matches!(close.code, None | Some(1000));
        ensure!(
            allowed && [reason, ""].contains(&close.reason.as_str()),
            "answer {close:?} to {code:?} {reason:?}"
        );
        Ok(())
    }

    /// `readyState` of the host's own object behind `task`.
    pub(crate) fn ws_ready_state(&self, task: &dyn SocketTask) -> Option<u8> {
        self.harness.ws_ready_state(task)
    }

    /// Shows that the adapter dials once, opens, echoes and closes.
    pub(crate) async fn still_works(&self) -> Result<(), Failure> {
        let mut live = self.open(Behavior::Echo).await?;
        live.echo("still works").await?;
        let seen = live.peer.seen(Until::Now).await?;
        ensure_eq!(seen.requests.len(), 1, "handshakes seen");
        live.finish().await
    }

    /// Lets others run `count` times.
    pub(crate) async fn turns(&self, count: usize) {
        for _ in 0..count {
            let mut yielded = false;
            future::poll_fn(|cx| {
                if std::mem::replace(&mut yielded, true) {
                    return Poll::Ready(());
                }
                cx.waker().wake_by_ref();
                Poll::Pending
            })
            .await;
        }
    }

    /// Waits, in virtual or real time.
    pub(crate) async fn sleep(&self, duration: Duration) {
        self.harness.sleep(duration).await;
    }

    /// The outcome of `future`, or a failure after 5 s.
    pub(crate) async fn soon<T>(
        &self,
        what: &str,
        future: impl Future<Output = T>,
    ) -> Result<T, Failure> {
        let patience = self.harness.sleep(Duration::from_secs(5));
        match future::select(Box::pin(future), patience).await {
            Either::Left((value, _)) => Ok(value),
            Either::Right(_) => Err(Failure::new(format!("{what} did not come within 5 s"))),
        }
    }
}
