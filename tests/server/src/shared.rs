//! What every connection of one server shares.

use crate::files::Files;
use crate::registry::Registry;
use crate::results::Results;

/// Observations, posted results and files. Cloning shares them.
#[derive(Clone, Debug, Default)]
pub(crate) struct Shared {
    pub(crate) registry: Registry,
    pub(crate) results: Results,
    pub(crate) files: Option<Files>,
}
