//! An executor whose wakers own their futures, and that polls within `wake`: the last waker that is dropped drops
//! the future, and with it tasks and streams. Executors of wasm are of this kind, and many small ones.

use std::{
    future::{Future, pending},
    pin::Pin,
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
    },
    task::{Context, Wake, Waker},
};

type Spawned = Pin<Box<dyn Future<Output = ()> + Send>>;

struct Task {
    /// Away while it is polled, and after its end.
    future: Mutex<Option<Spawned>>,
    woken: AtomicBool,
}

impl Wake for Task {
    fn wake(self: Arc<Self>) {
        self.woken.store(true, Ordering::SeqCst);
        let waker = Waker::from(Arc::clone(&self));
        while self.woken.swap(false, Ordering::SeqCst) {
            let taken = self.future.lock().unwrap().take();
            let Some(mut future) = taken else {
                // Whoever polls it looks again.
                self.woken.store(true, Ordering::SeqCst);
                return;
            };
            if future
                .as_mut()
                .poll(&mut Context::from_waker(&waker))
                .is_ready()
            {
                return;
            }
            *self.future.lock().unwrap() = Some(future);
        }
    }
}

/// Runs `future` until it waits; then only its wakers own it.
pub(crate) fn spawn(future: impl Future<Output = ()> + Send + 'static) {
    waker_of(future).wake();
}

/// A waker that owns `owned` and does nothing.
pub(crate) fn waker_owning(owned: impl Send + 'static) -> Waker {
    waker_of(async move {
        let _owned = owned;
        pending().await
    })
}

fn waker_of(future: impl Future<Output = ()> + Send + 'static) -> Waker {
    Waker::from(Arc::new(Task {
        future: Mutex::new(Some(Box::pin(future))),
        woken: AtomicBool::new(false),
    }))
}
