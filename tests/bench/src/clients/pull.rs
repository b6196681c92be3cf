//! Clients that are asked for their next message, in one task.

use super::{Client, Target};
use crate::{
    Result,
    exchange::{Exchange, Step},
};

/// The three verbs of such a client. The payload is the one of the target given to `connect`.
pub(super) trait PullClient: Sized + 'static {
    async fn connect(target: &Target) -> Result<Self>;

    /// Queues one message; writes when the client's own buffer is full.
    async fn feed(&mut self) -> Result<()>;

    /// Writes what is queued.
    async fn flush(&mut self) -> Result<()>;

    /// Waits for a message and gives its length in bytes.
    async fn receive(&mut self) -> Result<usize>;
}

impl<P: PullClient> Client for P {
    async fn connect(target: &Target) -> Result<Self> {
        <P as PullClient>::connect(target).await
    }

    async fn exchange<E: Exchange>(&mut self, mut exchange: E) -> Result<E> {
        let mut count = exchange.begin();
        loop {
            if count > 0 {
                for _ in 0..count {
                    self.feed().await?;
                }
                self.flush().await?;
            }
            let length = self.receive().await?;
            match exchange.received(length) {
                Step::Send(next) => count = next,
                Step::Done => return Ok(exchange),
            }
        }
    }
}
