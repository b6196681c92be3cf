//! HTTP/1.1 as a client, as far as the opening handshake and CONNECT need it: a request, and the head of its answer.

mod answerer;
mod exchange;
mod foreign;
mod head;

pub(crate) use answerer::Answerer;
pub(crate) use exchange::Exchange;
pub(crate) use head::{Head, HeadReader, trim};
