//! One connection from dialling to its end.

use std::{future::poll_fn, sync::Arc, task::Poll, time::Duration};

use bytes::BytesMut;
use taro_socket_api::{
    CloseCause, CloseEvent, CloseFrame, Completion, ConnectRequest, Emitter, Error, ErrorKind,
    OpenEvent, Result,
};

use crate::{
    dial, driver::Driver, error, handshake, queue::Receiver, tls::Tls, transport::Transport,
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
    let established = {
        // Boxed: its memory, mostly of TLS, is given back when the connection is established.
        let mut establish = Box::pin(tokio::time::timeout(timeout, establish(&request, &tls)));
        let closed = closed_meanwhile(&queue);
        tokio::select! {
            biased;
            (_, done) = closed => {
                done.succeed();
                emitter.closed(CloseEvent::abnormal(CloseCause::Local));
                return;
            }
            outcome = &mut establish => outcome,
        }
    };
    drop((request, tls));
    match established {
        Ok(Ok(established)) => {
            let driver = Driver::new(
                established.transport,
                established.leftover,
                limits,
                emitter,
                queue,
            );
            driver.run(established.open).await;
        }
        Ok(Err(error)) => {
            emitter.failed(error);
            emitter.closed(CloseEvent::abnormal(CloseCause::Transport));
        }
        Err(_) => {
            emitter.failed(timed_out(timeout));
            emitter.closed(CloseEvent::abnormal(CloseCause::Timeout));
        }
    }
}

fn timed_out(timeout: Duration) -> Error {
    Error::new(
        ErrorKind::Timeout,
        format!("not connected within {timeout:?}"),
    )
}

async fn closed_meanwhile(queue: &Receiver) -> (CloseFrame, Completion) {
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

async fn establish(request: &ConnectRequest, tls: &Tls) -> Result<Established> {
    let url = request.url();
    let host = url.host();
    let tcp = dial::connect(&host, url.port()).await?;
    tcp.set_nodelay(request.tcp_no_delay().unwrap_or(true))
        .map_err(error::transport)?;
    let mut transport = if url.is_secure() {
        tls.connect(tcp, &host).await?
    } else {
        Transport::Plain(tcp)
    };
    let (leftover, open) = handshake::perform(&mut transport, request).await?;
    Ok(Established {
        transport,
        leftover,
        open,
    })
}
