//! One connection from dialling to its end.

mod opening;

use std::{future::poll_fn, sync::Arc, task::Poll};

use taro_socket_api::{
    CloseCause, CloseEvent, ConnectRequest, Error, Result, SocketTask,
    adapter::{Acceptance, Emitter, TaskCore},
};

use crate::{
    ByteStream,
    driver::Driver,
    error, name,
    queue::{Closing, Receiver, queue},
    runtime,
    settings::Settings,
    task::NativeTask,
};
use opening::Opening;

/// Makes a task and starts its connection: over `stream`, where there is one.
pub(crate) fn start(
    settings: &Arc<Settings>,
    request: ConnectRequest,
    stream: Option<ByteStream>,
) -> Result<Arc<dyn SocketTask>> {
    if request.url().is_secure() {
        settings.tls.check()?;
    }
    let route = match stream {
        Some(_) => None,
        None => settings.route(request.url())?,
    };
    let runtime = runtime::current()?;
    let (core, emitter) = TaskCore::new(request.limits(), Acceptance::Queued);
    let (sender, receiver) = queue(request.limits().max_sent_frame_bytes);
    let opening = Opening {
        settings: Arc::clone(settings),
        request,
        stream,
        route,
    };
    runtime::spawn(&runtime, run(opening, emitter, receiver))?;
    Ok(Arc::new(NativeTask::new(core, sender)))
}

/// Dials and then drives the connection; the task's tokio task.
async fn run(opening: Opening, emitter: Emitter, queue: Receiver) {
    let request = &opening.request;
    let limits = request.limits();
    let keep_alive = request.keep_alive_or(opening.settings.keep_alive);
    let place = name::place(request.url());
    let outcome = {
        // Boxed: its memory, mostly of TLS, is given back when the connection is established.
        let mut opening = Box::pin(opening.open(&place));
        let watch = RuntimeWatch(Some(&emitter), &place);
        let outcome = tokio::select! {
            biased;
            (_, done) = closed_meanwhile(&queue) => Err(done),
            outcome = &mut opening => Ok(outcome),
        };
        watch.finish();
        match outcome {
            Ok(outcome) => outcome,
            Err(done) => {
                done.succeed();
                return emitter.closed_after(CloseEvent::abnormal(CloseCause::Local), queue);
            }
        }
    };
    match outcome {
        Ok((opened, place)) => {
            let (transport, leftover) = (opened.transport, opened.leftover);
            let driver = Driver::new(
                transport, leftover, place, limits, keep_alive, emitter, queue,
            );
            driver.run(opened.event).await;
        }
        Err((error, cause)) => fail(&emitter, queue, error, cause),
    }
}

/// Dropped before it is finished: the runtime has ended, or code of the program has panicked. Says so, and where the
/// connection was to lead.
struct RuntimeWatch<'a>(Option<&'a Emitter>, &'a str);

impl RuntimeWatch<'_> {
    fn finish(mut self) {
        self.0 = None;
    }
}

impl Drop for RuntimeWatch<'_> {
    fn drop(&mut self) {
        if let Some(emitter) = self.0 {
            emitter.failed(error::given_up(self.1));
        }
    }
}

fn fail(emitter: &Emitter, queue: Receiver, error: Error, cause: CloseCause) {
    emitter.failed(error);
    emitter.closed_after(CloseEvent::abnormal(cause), queue);
}

async fn closed_meanwhile(queue: &Receiver) -> Closing {
    poll_fn(|cx| {
        loop {
            if let Some(close) = queue.take_close() {
                return Poll::Ready(close);
            }
            if queue.park(cx, false, false) {
                return Poll::Pending;
            }
        }
    })
    .await
}
