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
    let outcome = {
        // Boxed: its memory, mostly of TLS, is given back when the connection is established.
        let mut opening = Box::pin(open(&request, &tls));
        tokio::select! {
            biased;
            (_, done) = closed_meanwhile(&queue) => {
                done.succeed();
                return emitter.closed_after(CloseEvent::abnormal(CloseCause::Local), queue);
            }
            outcome = &mut opening => outcome,
        }
    };
    drop((request, tls));
    match outcome {
        Ok(opened) => {
            let driver = Driver::new(opened.transport, opened.leftover, limits, emitter, queue);
            driver.run(opened.event).await;
        }
        Err((error, cause)) => fail(&emitter, queue, error, cause),
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
async fn open(request: &ConnectRequest, tls: &Tls) -> Result<Opened, (Error, CloseCause)> {
    let (timeout, begun) = (request.timeout(), Instant::now());
    let mut progress = Progress::default();
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
    progress.place = name::place(url);
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
