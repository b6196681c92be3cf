//! taro-socket through its facade: messages by callback, and by stream.

use std::sync::Arc;

use futures::channel::oneshot;
use taro_socket::{
    ConnectSocketOption, EventStream, Message, SendOption, SocketEvent, SocketTask, connect_socket,
};

use super::{Client, Target, pull::PullClient};
use crate::{
    Result,
    exchange::{Exchange, Payload, Step},
};

/// Payload bytes that are sent without waiting between two sends that wait: 256 messages of 64 bytes.
const UNAWAITED: usize = 16 * 1024;

/// An open task and its message.
struct Connection {
    task: Arc<dyn SocketTask>,
    message: Message,
    /// Payload bytes since the last send that waited.
    unawaited: usize,
}

impl Connection {
    async fn open(target: &Target) -> Result<Self> {
        let option = ConnectSocketOption::new(target.url()).tcp_no_delay(true);
        let task = connect_socket(option).await?;
        task.opened().await?;
        let message = match &target.payload {
            Payload::Text(text) => Message::from(*text),
            Payload::Binary(bytes) => Message::from(bytes.clone()),
        };
        Ok(Self {
            task,
            message,
            unawaited: 0,
        })
    }

    /// Sends one message; every so many bytes it waits until the queue is low.
    async fn send(&mut self) -> Result<()> {
        self.unawaited += self.message.len();
        if self.unawaited < UNAWAITED {
            self.task.send_with(SendOption::new(self.message.clone()));
            return Ok(());
        }
        self.unawaited = 0;
        Ok(self.task.send(self.message.clone()).await?)
    }
}

/// Answers from `on_message`, on the adapter's driver.
pub(super) struct Callbacks(Connection);

impl Client for Callbacks {
    async fn connect(target: &Target) -> Result<Self> {
        let connection = Connection::open(target).await?;
        // An idle connection of this kind has its handler.
        connection.task.on_message(|_| {});
        Ok(Self(connection))
    }

    async fn exchange<E: Exchange>(&mut self, mut exchange: E) -> Result<E> {
        let first = exchange.begin();
        let (done, finished) = oneshot::channel();
        let (task, message) = (Arc::clone(&self.0.task), self.0.message.clone());
        let mut running = Some((exchange, done));
        self.0.task.on_message(move |event| {
            let Some((exchange, _)) = &mut running else {
                return;
            };
            match exchange.received(event.data.len()) {
                Step::Send(count) => {
                    for _ in 0..count {
                        task.send_with(SendOption::new(message.clone()));
                    }
                }
                Step::Done => {
                    if let Some((exchange, done)) = running.take() {
                        // The receiver is gone only when the measurement has been given up.
                        let _ = done.send(exchange);
                    }
                }
            }
        });
        for _ in 0..first {
            self.0.send().await?;
        }
        Ok(finished.await?)
    }
}

/// Reads `events()` in the caller's own task.
pub(super) struct Stream {
    connection: Connection,
    events: EventStream,
}

impl PullClient for Stream {
    async fn connect(target: &Target) -> Result<Self> {
        let connection = Connection::open(target).await?;
        let events = connection.task.events();
        Ok(Self { connection, events })
    }

    async fn feed(&mut self) -> Result<()> {
        self.connection.send().await
    }

    /// The driver flushes by itself.
    async fn flush(&mut self) -> Result<()> {
        Ok(())
    }

    async fn receive(&mut self) -> Result<usize> {
        loop {
            match self.events.next().await.ok_or("ended")? {
                SocketEvent::Message(message) => return Ok(message.data.len()),
                SocketEvent::Open(_) => {}
                SocketEvent::Error(error) => return Err(error.err_msg().into()),
                SocketEvent::Close(close) => {
                    return Err(format!("closed with {}", close.code).into());
                }
            }
        }
    }
}
