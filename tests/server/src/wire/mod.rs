//! RFC 6455 frames as bytes, written without an engine so that malformed ones can be sent and seen.

pub(crate) mod frame;
pub(crate) mod incoming;
pub(crate) mod status;
