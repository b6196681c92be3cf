//! A task without a transport: it keeps what it is asked to do, and the test plays the host.

use std::{
    future::Future,
    pin::pin,
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    task::{Context, Poll, Wake, Waker},
};

use taro_socket_api::{
    Acceptance, CloseFrame, Completion, Emitter, Error, ErrorKind, Limits, Message, OpenEvent,
    SocketTask, TaskCore,
};

/// What a task was asked to do, with the report that is due.
#[derive(Debug)]
pub(crate) enum Asked {
    Send(Message, Completion),
    Close(CloseFrame, Completion),
}

/// Shared by the fake task and the test.
pub(crate) type AskedLog = Arc<Mutex<Vec<Asked>>>;

#[derive(Debug)]
pub(crate) struct FakeTask {
    core: TaskCore,
    asked: AskedLog,
}

impl SocketTask for FakeTask {
    fn core(&self) -> &TaskCore {
        &self.core
    }

    fn start_send(&self, message: Message, done: Completion) {
        self.asked.lock().unwrap().push(Asked::Send(message, done));
    }

    fn start_close(&self, frame: CloseFrame, done: Completion) {
        self.asked.lock().unwrap().push(Asked::Close(frame, done));
    }
}

/// A task, its host's side, and what it was asked to do.
#[derive(Debug)]
pub(crate) struct Rig {
    pub(crate) task: Arc<dyn SocketTask>,
    pub(crate) emitter: Emitter,
    pub(crate) asked: AskedLog,
}

impl Rig {
    pub(crate) fn new(limits: Limits, acceptance: Acceptance) -> Self {
        let (core, emitter) = TaskCore::new(limits, acceptance);
        Self::of(core, emitter)
    }

    pub(crate) fn of(core: TaskCore, emitter: Emitter) -> Self {
        let asked = AskedLog::default();
        let task = Arc::new(FakeTask {
            core,
            asked: Arc::clone(&asked),
        });
        Self {
            task,
            emitter,
            asked,
        }
    }

    /// In state Connecting, with the default limits.
    pub(crate) fn connecting() -> Self {
        Self::new(Limits::default(), Acceptance::Queued)
    }

    /// In state Open, with these limits.
    pub(crate) fn open(limits: Limits, acceptance: Acceptance) -> Self {
        let rig = Self::new(limits, acceptance);
        rig.emitter.opened(OpenEvent::default());
        rig
    }

    /// Takes what was asked so far.
    pub(crate) fn take_asked(&self) -> Vec<Asked> {
        std::mem::take(&mut self.asked.lock().unwrap())
    }
}

/// Default limits, changed by `change`.
pub(crate) fn limits(change: impl FnOnce(&mut Limits)) -> Limits {
    let mut limits = Limits::default();
    change(&mut limits);
    limits
}

pub(crate) fn transport_error() -> Error {
    Error::new(ErrorKind::Transport, "connection reset")
}

/// A list that handlers write to and the test reads.
#[derive(Debug)]
pub(crate) struct Log<T>(Arc<Mutex<Vec<T>>>);

impl<T> Clone for Log<T> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<T> Log<T> {
    pub(crate) fn new() -> Self {
        Self(Arc::default())
    }

    pub(crate) fn push(&self, entry: T) {
        self.0.lock().unwrap().push(entry);
    }

    pub(crate) fn take(&self) -> Vec<T> {
        std::mem::take(&mut self.0.lock().unwrap())
    }
}

/// Counts how often it is woken.
#[derive(Debug, Default)]
pub(crate) struct WakeCount(AtomicUsize);

impl Wake for WakeCount {
    fn wake(self: Arc<Self>) {
        self.0.fetch_add(1, Ordering::SeqCst);
    }
}

impl WakeCount {
    pub(crate) fn new() -> (Arc<Self>, Waker) {
        let count = Arc::new(Self::default());
        let waker = Waker::from(Arc::clone(&count));
        (count, waker)
    }

    pub(crate) fn get(&self) -> usize {
        self.0.load(Ordering::SeqCst)
    }
}

/// Polls once, with a waker that does nothing.
pub(crate) fn poll_once<F: Future>(future: F) -> Poll<F::Output> {
    pin!(future).poll(&mut Context::from_waker(Waker::noop()))
}

/// The value of a future that must be ready.
pub(crate) fn now<F: Future>(future: F) -> F::Output {
    match poll_once(future) {
        Poll::Ready(value) => value,
        Poll::Pending => panic!("the future is not ready"),
    }
}
