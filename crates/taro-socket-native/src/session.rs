//! One connection from dialling to its end.

use std::{future::poll_fn, sync::Arc, task::Poll};

use taro_socket_api::{CloseCause, CloseEvent, ConnectRequest, Emitter, Error, Result};
use tokio::time::Instant;

use crate::{
    dial,
    driver::Driver,
    error,
    handshake::{self, Answer, Opened},
    name,
    progress::{Phase, Progress},
    queue::{Closing, Receiver},
    tls::Tls,
    transport::Transport,
};

/// Dials and then drives the connection; the task's tokio task.
pub(crate) async fn run(request: ConnectRequest, tls: Arc<Tls>, emitter: Emitter, queue: Receiver) {
    let limits = request.limits();
    let place = name::place(request.url());
    let outcome = {
        // Boxed: its memory, mostly of TLS, is given back when the connection is established.
        let mut opening = Box::pin(open(&request, &tls, &place));
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
    drop((request, tls));
    match outcome {
        Ok(opened) => {
            let (transport, leftover) = (opened.transport, opened.leftover);
            let driver = Driver::new(transport, leftover, place, limits, emitter, queue);
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

/// Opens the connection within the request's time-out, or tells why not.
async fn open(
    request: &ConnectRequest,
    tls: &Tls,
    place: &str,
) -> Result<Opened, (Error, CloseCause)> {
    let (timeout, begun) = (request.timeout(), Instant::now());
    let mut progress = Progress {
        phase: Phase::default(),
        place: place.to_owned(),
    };
    let answer = establish(request, tls, &mut progress);
    match tokio::time::timeout(timeout, answer).await {
        Ok(Ok(Answer::Opened(opened))) => Ok(opened),
        Ok(Ok(Answer::Refused(refused))) => {
            // What the server says is known: from here on no time-out takes its place.
            let left = timeout.saturating_sub(begun.elapsed());
            let error = refused.error(&progress.place, left).await;
            Err((error, CloseCause::Transport))
        }
        Ok(Err(error)) => Err((error, CloseCause::Transport)),
        Err(_) => Err((progress.timed_out(timeout), CloseCause::Timeout)),
    }
}

async fn establish(request: &ConnectRequest, tls: &Tls, progress: &mut Progress) -> Result<Answer> {
    let url = request.url();
    let host = url.host();
    let tcp = dial::connect(&host, url.port(), progress).await?;
    tcp.set_nodelay(request.tcp_no_delay().unwrap_or(true))
        .map_err(|broken| error::cut(&progress.place, Some(broken)))?;
    let transport = if url.is_secure() {
        progress.phase = Phase::Tls;
        tls.connect(tcp, &host, &progress.place).await?
    } else {
        Transport::Plain(tcp)
    };
    progress.phase = Phase::Handshake;
    handshake::perform(transport, request, &progress.place).await
}
