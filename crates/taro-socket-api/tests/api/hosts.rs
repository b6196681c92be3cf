//! What the core offers to hosts that queue by themselves, abort on panics, or on which a wake-up costs much.

use std::{
    any::Any,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

use taro_socket_api::{
    Acceptance, CapabilitySet, ConnectRequest, ConnectSocketOption, ErrorKind, Flow, HostSocket,
    Limits, OpenEvent, Platform, Result, SocketConnector, SocketEvent, SocketTask, TaskCore,
    adapter, connect_now,
};

use crate::support::{Log, Rig, WakeCount, limits, now, poll_once};

#[derive(Clone)]
struct Host(Arc<AtomicU64>);

impl HostSocket for Host {
    fn buffered_amount(&self) -> u64 {
        self.0.load(Ordering::SeqCst)
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

#[test]
fn the_hosts_amount_is_the_tasks() {
    let host = Host(Arc::default());
    let bound = limits(|limits| {
        limits.max_queued_bytes = 10;
        limits.send_low_water_bytes = 4;
    });
    let (core, emitter) = TaskCore::over(bound, Acceptance::Queued, host.clone());
    emitter.opened(OpenEvent::default());
    let rig = Rig::of(core, emitter);
    now(rig.task.send("1234")).unwrap();
    host.0.store(4, Ordering::SeqCst);
    assert_eq!(rig.task.buffered_amount(), 4);
    assert!(
        poll_once(rig.task.send("5")).is_pending(),
        "above the low-water mark"
    );
    host.0.store(5, Ordering::SeqCst);
    rig.emitter.sent(5, 2);
    assert_eq!(rig.task.buffered_amount(), 5, "only the host takes off");
    let refused = now(rig.task.send("6789ab")).unwrap_err();
    assert_eq!(refused.kind(), ErrorKind::LimitExceeded);
    let known: Option<&Host> = rig
        .task
        .core()
        .host_socket()
        .unwrap()
        .as_any()
        .downcast_ref();
    assert!(known.is_some());
    assert!(Rig::connecting().task.core().host_socket().is_none());
}

/// A host that tells within its own call, while the handler that called it has not returned.
#[test]
fn recover_below_a_handler_loses_nothing() {
    let rig = Arc::new(Rig::open(
        limits(|limits| limits.max_buffered_messages = 2),
        Acceptance::Queued,
    ));
    let (log, host) = (Log::new(), Arc::downgrade(&rig));
    let heard = log.clone();
    rig.task.on_message(move |event| {
        heard.push(event.data.len());
        host.upgrade().unwrap().emitter.recover();
    });
    for length in 0..10 {
        assert_eq!(rig.emitter.message(vec![0; length]), Flow::Continue);
    }
    assert_eq!(log.take(), (0..10).collect::<Vec<_>>());
}

#[test]
fn recover_without_a_loss_changes_nothing() {
    let rig = Rig::open(Limits::default(), Acceptance::Queued);
    let log = Log::new();
    let messages = log.clone();
    rig.task
        .on_message(move |event| messages.push(event.data.len()));
    rig.emitter.recover();
    let _ = rig.emitter.message("one");
    assert_eq!(log.take(), [3]);
}

#[test]
fn quiet_messages_wake_streams_when_told_and_handlers_at_once() {
    let rig = Rig::open(Limits::default(), Acceptance::Queued);
    assert!(!rig.emitter.has_streams());
    let mut events = rig.task.events();
    assert!(rig.emitter.has_streams());
    assert!(matches!(now(events.next()), Some(SocketEvent::Open(_))));
    let (count, waker) = WakeCount::new();
    let mut next = Box::pin(events.next());
    let mut context = std::task::Context::from_waker(&waker);
    assert!(next.as_mut().poll(&mut context).is_pending());
    let log = Log::new();
    let messages = log.clone();
    rig.task
        .on_message(move |event| messages.push(event.data.len()));
    let _ = rig.emitter.message_quietly("one");
    assert_eq!((count.get(), log.take()), (0, vec![3]));
    rig.emitter.wake_streams();
    rig.emitter.wake_streams();
    assert_eq!(count.get(), 1);
    assert!(next.as_mut().poll(&mut context).is_ready());
}

#[derive(Debug)]
struct Slow;

#[async_trait::async_trait]
impl SocketConnector for Slow {
    fn platform(&self) -> Platform {
        Platform::Mock
    }

    fn capabilities(&self) -> CapabilitySet {
        CapabilitySet::EMPTY
    }

    fn connect_socket_now(&self, _request: ConnectRequest) -> Result<Arc<dyn SocketTask>> {
        Err(adapter::must_wait())
    }

    async fn connect_socket(&self, _request: ConnectRequest) -> Result<Arc<dyn SocketTask>> {
        std::future::pending().await
    }
}

#[test]
fn a_connector_that_waits_cannot_connect_now() {
    let log = Log::new();
    let failed = log.clone();
    let option = ConnectSocketOption::new("wss://example.com");
    let error = connect_now(&Slow, option).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::HostUnavailable);
    let bad =
        ConnectSocketOption::new("ftp://example.com").fail(move |error| failed.push(error.kind()));
    let error = connect_now(&Slow, bad).unwrap_err();
    assert_eq!(
        (error.kind(), log.take()),
        (ErrorKind::InvalidArgument, vec![ErrorKind::InvalidArgument])
    );
}
