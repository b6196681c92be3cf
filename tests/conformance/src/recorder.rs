//! What handlers were told, in order, to be awaited.

use std::sync::Arc;

use futures::{
    StreamExt,
    channel::mpsc::{UnboundedReceiver, UnboundedSender, unbounded},
};
use taro_socket_api::{MaybeSend, SocketEvent, SocketTask};

use crate::Failure;

/// Values written by handlers, in order.
#[derive(Debug)]
pub(crate) struct Recorder<T>(UnboundedReceiver<T>);

/// Where a handler writes.
#[derive(Debug)]
pub(crate) struct Pen<T>(UnboundedSender<T>);

impl<T> Clone for Pen<T> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

impl<T> Pen<T> {
    /// Writes; without effect when nobody reads any more.
    pub(crate) fn write(&self, value: T) {
        drop(self.0.unbounded_send(value));
    }
}

/// A pen and its recorder.
pub(crate) fn recorder<T: MaybeSend + 'static>() -> (Pen<T>, Recorder<T>) {
    let (pen, reader) = unbounded();
    (Pen(pen), Recorder(reader))
}

impl<T> Recorder<T> {
    /// The next value. Every pen being gone is a failure.
    #[track_caller]
    pub(crate) fn next(&mut self) -> impl Future<Output = Result<T, Failure>> {
        let gone = Failure::new("the handlers were dropped without being called");
        async { self.0.next().await.ok_or(gone) }
    }

    /// All that is still to come until every pen is gone.
    pub(crate) async fn rest(self) -> Vec<T> {
        self.0.collect().await
    }
}

/// Records all four events through Taro's handlers.
pub(crate) fn record(task: &Arc<dyn SocketTask>) -> Recorder<SocketEvent> {
    let (pen, reader) = recorder();
    let (on_open, on_message) = (pen.clone(), pen.clone());
    let (on_error, on_close) = (pen.clone(), pen);
    task.on_open(move |event| on_open.write(SocketEvent::Open(event)));
    task.on_message(move |event| on_message.write(SocketEvent::Message(event)));
    task.on_error(move |event| on_error.write(SocketEvent::Error(event)));
    task.on_close(move |event| on_close.write(SocketEvent::Close(event)));
    reader
}

/// One letter per event: `o`, `m`, `e`, `c`.
pub(crate) fn letters(events: &[SocketEvent]) -> String {
    let letter = |event: &SocketEvent| match event {
        SocketEvent::Open(_) => 'o',
        SocketEvent::Message(_) => 'm',
        SocketEvent::Error(_) => 'e',
        SocketEvent::Close(_) => 'c',
    };
    events.iter().map(letter).collect()
}
