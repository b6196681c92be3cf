//! Every route and every control verb, seen by a raw client, and some by an independent one.

mod client;
mod control;
mod ending;
mod files;
mod handshake;
mod host;
mod independent;
mod messages;
mod results;
mod tls;
mod violations;
