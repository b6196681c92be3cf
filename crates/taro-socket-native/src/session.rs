//! One connection from dialling to its end.

use std::{future::poll_fn, sync::Arc, task::Poll};

use bytes::BytesMut;
use taro_socket_api::{CloseCause, CloseEvent, ConnectRequest, Emitter, Error, OpenEvent, Result};

use crate::{
    dial,
    driver::Driver,
    error, handshake, name,
    progress::{Phase, Progress},
    queue::{Closing, Receiver},
    tls::Tls,
    transport::Transport,
};

/// An established connection: bytes behind the handshake's answer belong to the first frames.
struct Established {
    transport: Transport,
    leftover: BytesMut,
    open: OpenEvent,
}

/// Dials and then drives the connection; the task's tokio task.
pub(crate) async fn run(request: ConnectRequest, tls: Arc<Tls>, emitter: Emitter, queue: Receiver) {
    let timeout = request.timeout();
    let limits = request.limits();
    let mut progress = Progress::default();
    let established = {
        let establish = establish(&request, &tls, &mut progress);
        // Boxed: its memory, mostly of TLS, is given back when the connection is established.
        let mut establish = Box::pin(tokio::time::timeout(timeout, establish));
        let watch = RuntimeWatch(Some(&emitter), name::place(request.url()));
        let outcome = tokio::select! {
            biased;
            (_, done) = closed_meanwhile(&queue) => Err(done),
            outcome = &mut establish => Ok(outcome),
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
    match established {
        Ok(Ok(established)) => {
            let driver = Driver::new(
                established.transport,
                established.leftover,
                progress.place,
                limits,
                emitter,
                queue,
            );
            driver.run(established.open).await;
        }
        Ok(Err(error)) => fail(&emitter, queue, error, CloseCause::Transport),
        Err(_) => {
            let error = progress.timed_out(timeout);
            fail(&emitter, queue, error, CloseCause::Timeout);
        }
    }
}

/// Dropped before it is finished: it was the runtime that ended: says so, and where the connection was to lead.
struct RuntimeWatch<'a>(Option<&'a Emitter>, String);

impl RuntimeWatch<'_> {
    fn finish(mut self) {
        self.0 = None;
    }
}

impl Drop for RuntimeWatch<'_> {
    fn drop(&mut self) {
        if let Some(emitter) = self.0 {
            emitter.failed(error::runtime_ended(&self.1));
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

async fn establish(
    request: &ConnectRequest,
    tls: &Tls,
    progress: &mut Progress,
) -> Result<Established> {
    let url = request.url();
    let host = url.host();
    progress.place = name::place(url);
    let tcp = dial::connect(&host, url.port(), progress).await?;
    tcp.set_nodelay(request.tcp_no_delay().unwrap_or(true))
        .map_err(|broken| error::cut(&progress.place, Some(broken)))?;
    let mut transport = if url.is_secure() {
        progress.phase = Phase::Tls;
        tls.connect(tcp, &host, &progress.place).await?
    } else {
        Transport::Plain(tcp)
    };
    progress.phase = Phase::Handshake;
    let (leftover, open) = handshake::perform(&mut transport, request, &progress.place).await?;
    Ok(Established {
        transport,
        leftover,
        open,
    })
}
