//! Options that need a capability.

use crate::{Capability, CapabilitySet, Error, ErrorKind, Result, text::concat};

/// What the options ask for.
#[derive(Debug, Default)]
pub(super) struct Demands {
    wanted: CapabilitySet,
    /// Looks whether all of it can be had, once something is asked for: who asks for nothing does not carry the code.
    check: Option<fn(CapabilitySet, CapabilitySet) -> Result<()>>,
}

impl Demands {
    /// Asks for `capability`, or takes it back.
    pub(super) fn set(&mut self, capability: Capability, on: bool) {
        self.wanted = match on {
            true => self.wanted.with(capability),
            false => self.wanted.without(capability),
        };
        self.check = Some(check);
    }

    /// `Unsupported` with the first option that the platform cannot honour.
    pub(super) fn check(&self, capabilities: CapabilitySet) -> Result<()> {
        self.check
            .map_or(Ok(()), |check| check(self.wanted, capabilities))
    }
}

fn check(wanted: CapabilitySet, capabilities: CapabilitySet) -> Result<()> {
    let mut missing = wanted.iter().filter(|need| !capabilities.contains(*need));
    let Some(missing) = missing.next() else {
        return Ok(());
    };
    let option = match missing {
        Capability::RequestHeader => "header",
        Capability::TcpNoDelay => "tcp_no_delay",
        Capability::PerMessageDeflate => "per_message_deflate",
        Capability::ForceCellularNetwork => "force_cellular_network",
        Capability::Ping => "keep_alive",
        Capability::SentFrameSize => "Limits::max_sent_frame_bytes",
        other => other.name(),
    };
    let text = concat(&[
        option,
        " is not supported on this platform (",
        missing.name(),
        "): leave it out, or ask with UnsupportedPolicy::Ignore",
    ]);
    Err(Error::new(ErrorKind::Unsupported, text))
}
