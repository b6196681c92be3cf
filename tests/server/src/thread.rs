//! A thread with a runtime of its own, for callers that have none.

use std::io;
use std::sync::mpsc;
use std::thread::{Builder, JoinHandle};

use tokio::sync::oneshot;

/// The thread. Dropping it ends the runtime with all its tasks and waits for that.
#[derive(Debug)]
pub(crate) struct Thread {
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Thread {
    /// Runs `start` on a new thread and hands back what it made; its tasks go on there.
    pub(crate) fn start<T: Send + 'static>(
        start: impl Future<Output = io::Result<T>> + Send + 'static,
    ) -> io::Result<(Self, T)> {
        let (stop, stopped) = oneshot::channel::<()>();
        let (made, result) = mpsc::channel();
        let builder = Builder::new().name("test-server".to_owned());
        let thread = builder.spawn(move || {
            let mut runtime = tokio::runtime::Builder::new_current_thread();
            let runtime = match runtime.enable_all().build() {
                Ok(runtime) => runtime,
                Err(error) => return drop(made.send(Err(error))),
            };
            runtime.block_on(async move {
                if made.send(start.await).is_ok() {
                    // Ends when the sender is dropped as well.
                    let _ = stopped.await;
                }
            });
        })?;
        let value = result.recv().map_err(io::Error::other)??;
        let (stop, thread) = (Some(stop), Some(thread));
        Ok((Self { stop, thread }, value))
    }
}

impl Drop for Thread {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}
