//! Tasks, their ready queue and the timers.

use std::{
    collections::{BTreeMap, HashMap, VecDeque},
    fmt,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    task::{Context, Wake, Waker},
    time::Duration,
};

use taro_socket_api::BoxFuture;

/// Place of a timer: its time, and a number that keeps timers of one time in order.
pub(super) type TimerKey = (Duration, u64);

#[derive(Default)]
pub(super) struct Executor {
    state: Mutex<State>,
    ready: Arc<Ready>,
}

#[derive(Default)]
struct State {
    now: Duration,
    last: u64,
    tasks: HashMap<u64, Task>,
    timers: BTreeMap<TimerKey, Waker>,
}

struct Task {
    slot: Slot,
    /// One for the task's whole life, so that `will_wake` knows it again.
    waker: Waker,
}

enum Slot {
    Idle(BoxFuture<'static, ()>),
    /// Being polled further up the stack or on another thread; `true` once it was woken meanwhile.
    Running(bool),
}

/// What wakers reach. It holds no task, so it is `Send` on every target.
#[derive(Default)]
struct Ready(Mutex<ReadyState>);

#[derive(Default)]
struct ReadyState {
    queue: VecDeque<u64>,
    outside: Option<Waker>,
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Ready {
    fn push(&self, id: u64) {
        let mut ready = lock(&self.0);
        if !ready.queue.contains(&id) {
            ready.queue.push_back(id);
        }
        let outside = ready.outside.take();
        drop(ready);
        outside.into_iter().for_each(Waker::wake);
    }
}

struct TaskWaker {
    id: u64,
    ready: Arc<Ready>,
}

impl Wake for TaskWaker {
    fn wake(self: Arc<Self>) {
        self.ready.push(self.id);
    }
}

/// Whether the future of `block_on` is to be polled.
pub(super) struct MainWaker(Arc<MainFlag>);

struct MainFlag(AtomicBool);

impl Wake for MainFlag {
    fn wake(self: Arc<Self>) {
        self.0.store(true, Ordering::Release);
    }
}

impl MainWaker {
    pub(super) fn take(&self) -> bool {
        self.0.0.swap(false, Ordering::AcqRel)
    }

    pub(super) fn is_set(&self) -> bool {
        self.0.0.load(Ordering::Acquire)
    }

    pub(super) fn waker(&self) -> Waker {
        Arc::clone(&self.0).into()
    }
}

impl Executor {
    fn state(&self) -> MutexGuard<'_, State> {
        lock(&self.state)
    }

    pub(super) fn now(&self) -> Duration {
        self.state().now
    }

    /// Time never goes back: a call further up the stack may have moved it on.
    pub(super) fn set_now(&self, now: Duration) {
        let mut state = self.state();
        state.now = state.now.max(now);
    }

    #[expect(clippy::unused_self, reason = "reads as a property of the executor")]
    pub(super) fn main_waker(&self) -> MainWaker {
        MainWaker(Arc::new(MainFlag(AtomicBool::new(true))))
    }

    pub(super) fn wake_outside(&self, waker: &Waker) {
        let waker = waker.clone();
        // Foreign wakers are neither cloned nor dropped under a lock: that may run code of their executor.
        let replaced = lock(&self.ready.0).outside.replace(waker);
        drop(replaced);
    }

    pub(super) fn spawn(&self, future: BoxFuture<'static, ()>) {
        let mut state = self.state();
        state.last += 1;
        let id = state.last;
        let ready = Arc::clone(&self.ready);
        let task = Task {
            slot: Slot::Idle(future),
            waker: Arc::new(TaskWaker { id, ready }).into(),
        };
        state.tasks.insert(id, task);
        drop(state);
        self.ready.push(id);
    }

    /// Polls the first ready task; `false` if there is none.
    pub(super) fn run_one(&self) -> bool {
        let Some(id) = lock(&self.ready.0).queue.pop_front() else {
            return false;
        };
        let Some((mut future, waker)) = self.begin(id) else {
            return true;
        };
        let polled = future.as_mut().poll(&mut Context::from_waker(&waker));
        // A finished future is dropped here, outside the lock: it may report and call the user.
        self.end(id, polled.is_pending().then_some(future));
        true
    }

    fn begin(&self, id: u64) -> Option<(BoxFuture<'static, ()>, Waker)> {
        let mut state = self.state();
        let task = state.tasks.get_mut(&id)?;
        match std::mem::replace(&mut task.slot, Slot::Running(false)) {
            Slot::Idle(future) => Some((future, task.waker.clone())),
            Slot::Running(_) => {
                task.slot = Slot::Running(true);
                None
            }
        }
    }

    fn end(&self, id: u64, pending: Option<BoxFuture<'static, ()>>) {
        let mut state = self.state();
        let Some(future) = pending else {
            state.tasks.remove(&id);
            return;
        };
        let Some(task) = state.tasks.get_mut(&id) else {
            return;
        };
        let woken = matches!(task.slot, Slot::Running(true));
        task.slot = Slot::Idle(future);
        drop(state);
        if woken {
            self.ready.push(id);
        }
    }

    pub(super) fn set_timer(&self, key: Option<TimerKey>, at: Duration, waker: Waker) -> TimerKey {
        let mut state = self.state();
        let key = key.unwrap_or_else(|| {
            state.last += 1;
            (at, state.last)
        });
        let replaced = state.timers.insert(key, waker);
        drop(state);
        drop(replaced);
        key
    }

    pub(super) fn cancel_timer(&self, key: TimerKey) {
        let removed = self.state().timers.remove(&key);
        drop(removed);
    }

    /// Moves time to the first timer, not beyond `until`, and wakes all timers of that time.
    pub(super) fn fire_next(&self, until: Option<Duration>) -> bool {
        let mut state = self.state();
        let Some((&(at, _), _)) = state.timers.first_key_value() else {
            return false;
        };
        if until.is_some_and(|until| at > until) {
            return false;
        }
        state.now = state.now.max(at);
        let later = state.timers.split_off(&(at, u64::MAX));
        let due = std::mem::replace(&mut state.timers, later);
        drop(state);
        due.into_values().for_each(Waker::wake);
        true
    }
}

impl Drop for Executor {
    fn drop(&mut self) {
        // Outside the lock: connections that end here report it to the user.
        let tasks = std::mem::take(&mut self.state().tasks);
        drop(tasks);
    }
}

impl fmt::Debug for Executor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Executor").finish_non_exhaustive()
    }
}
