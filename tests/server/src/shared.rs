//! What every connection of one server shares.

use crate::registry::Registry;
use crate::results::Results;

/// Observations and posted results. Cloning shares them.
#[derive(Clone, Debug, Default)]
pub(crate) struct Shared {
    pub(crate) registry: Registry,
    pub(crate) results: Results,
}
