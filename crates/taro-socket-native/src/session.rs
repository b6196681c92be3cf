//! One connection from dialling to its end.

use std::{future::poll_fn, sync::Arc, task::Poll};

use taro_socket_api::{
    CloseCause, CloseEvent, ConnectRequest, Error, Result, SocketTask,
    adapter::{Acceptance, Emitter, TaskCore},
};
use tokio::time::Instant;

use crate::{
    ByteStream, dial,
    driver::Driver,
    error,
    handshake::{self, Answer, Opened},
    http::Answerer,
    name,
    peer::TlsPeer,
    progress::{Phase, Progress},
    proxy::{self, Route},
    queue::{Closing, Receiver, queue},
    runtime,
    settings::Settings,
    task::NativeTask,
    transport::Transport,
};

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
        None => settings.proxy.route(request.url())?,
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

/// What a connection is opened with.
struct Opening {
    settings: Arc<Settings>,
    request: ConnectRequest,
    /// Given by the user; otherwise one is dialled.
    stream: Option<ByteStream>,
    /// The proxy before the server, where there is one.
    route: Option<Route>,
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
        Ok(opened) => {
            let (transport, leftover) = (opened.transport, opened.leftover);
            let driver = Driver::new(
                transport, leftover, place, limits, keep_alive, emitter, queue,
            );
            driver.run(opened.event).await;
        }
        Err((error, cause)) => fail(&emitter, queue, error, cause),
    }
}

/// Dropped before it is finished: it was the runtime that ended: says so, and where the connection was to lead.
struct RuntimeWatch<'a>(Option<&'a Emitter>, &'a str);

impl RuntimeWatch<'_> {
    fn finish(mut self) {
        self.0 = None;
    }
}

impl Drop for RuntimeWatch<'_> {
    fn drop(&mut self) {
        if let Some(emitter) = self.0 {
            emitter.failed(error::runtime_ended(self.1));
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

impl Opening {
    /// Opens the connection within the request's time-out, or tells why not.
    async fn open(self, place: &str) -> Result<Opened, (Error, CloseCause)> {
        let (timeout, begun) = (self.request.timeout(), Instant::now());
        let mut progress = Progress::to(place);
        let outcome = tokio::time::timeout(timeout, self.establish(&mut progress)).await;
        let (error, cause) = match outcome {
            Ok(Ok(Answer::Opened(opened))) => return Ok(opened),
            Ok(Ok(Answer::Refused(refused))) => {
                // What the server says is known: from here on no time-out takes its place.
                let left = timeout.saturating_sub(begun.elapsed());
                (refused.error(place, left).await, CloseCause::Transport)
            }
            Ok(Err(error)) => (error, CloseCause::Transport),
            Err(_) => (progress.timed_out(timeout), CloseCause::Timeout),
        };
        Err((progress.told(error), cause))
    }

    async fn establish(self, progress: &mut Progress) -> Result<Answer> {
        let (settings, request) = (self.settings, &self.request);
        let (url, place) = (request.url(), progress.place.clone());
        let no_delay = request.tcp_no_delay();
        let stream = match (self.stream, &self.route) {
            (Some(stream), _) => stream,
            (None, None) => dial::connect(&settings, url, no_delay, progress).await?,
            (None, Some(route)) => proxy::open(&settings, url, route, no_delay, progress).await?,
        };
        let transport = if url.is_secure() {
            progress.enter(Phase::Tls);
            let peer = TlsPeer {
                host: url.host(),
                place: &place,
                answerer: Answerer::Server,
                named_by_options: true,
            };
            settings.tls.connect(stream, &peer).await?
        } else {
            Transport::Plain(stream)
        };
        progress.enter(Phase::Upgrade);
        handshake::perform(transport, request, settings.host.as_deref(), &place).await
    }
}
