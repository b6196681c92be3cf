//! Time that passes only when a test says so.

use std::{future::Future, pin::pin, sync::mpsc, time::Duration};

use futures::FutureExt;
use tokio::{
    task::spawn_blocking,
    time::{advance, pause},
};

/// Stops the clock of this runtime while the guard lives: only `advance` moves it.
pub(crate) fn stop_clock() -> mpsc::Sender<()> {
    pause();
    let (guard, held) = mpsc::channel();
    // While such a task runs, the clock does not go on by itself when nothing else is to be done.
    drop(spawn_blocking(move || held.recv()));
    guard
}

/// Lets time pass, in such steps, until the future is ready.
pub(crate) async fn passing<T>(step: Duration, future: impl Future<Output = T>) -> T {
    let mut future = pin!(future);
    loop {
        match future.as_mut().now_or_never() {
            Some(value) => return value,
            None => advance(step).await,
        }
    }
}
