//! What was seen, by id, and the live connections that actions reach.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use taro_socket_test_protocol::{Action, Observation, Until};
use tokio::sync::{mpsc, oneshot, watch};
use tokio::time::timeout;

use crate::filed::Filed;
use crate::limits::MAX_IDS;

/// An action and the sender that tells that it was taken up.
pub(crate) type Command = (Action, oneshot::Sender<()>);

/// All ids. Cloning shares them.
#[derive(Clone, Debug, Default)]
pub(crate) struct Registry {
    entries: Arc<Mutex<HashMap<String, Entry>>>,
}

/// What is filed under one id.
#[derive(Debug, Default)]
pub(crate) struct Record {
    pub(crate) seen: Observation,
    /// Connections that are still up.
    pub(crate) live: usize,
    /// Where actions go, by connection; the last one is the newest.
    pub(crate) commands: BTreeMap<u64, mpsc::UnboundedSender<Command>>,
    /// The number of the next connection.
    pub(crate) next: u64,
}

pub(crate) type Entry = Arc<watch::Sender<Record>>;

impl Registry {
    /// Files a new connection under `id`; nothing is kept for the empty id.
    pub(crate) fn file(&self, id: &str) -> Filed {
        let entry = if id.is_empty() { None } else { self.entry(id) };
        Filed::new(entry)
    }

    /// What was seen under `id` once `until` is met, or when `within` is over.
    pub(crate) async fn seen(&self, id: &str, until: Until, within: Duration) -> Observation {
        let Some(entry) = self.entry(id) else {
            return Observation::default();
        };
        let mut changes = entry.subscribe();
        let met = |record: &Record| until.reached(&record.seen, record.live);
        let reached = timeout(within, changes.wait_for(|record| met(record))).await;
        let reached = reached.is_ok_and(|record| record.is_ok());
        let mut seen = entry.borrow().seen.clone();
        seen.reached = reached;
        seen
    }

    /// Hands `action` to the newest live connection of `id`; tells whether there was one that took it up.
    pub(crate) async fn act(&self, id: &str, action: Action) -> bool {
        let Some(entry) = self.lock().get(id).cloned() else {
            return false;
        };
        let newest = entry.borrow().commands.values().next_back().cloned();
        let (done, taken) = oneshot::channel();
        newest.is_some_and(|commands| commands.send((action, done)).is_ok()) && taken.await.is_ok()
    }

    fn entry(&self, id: &str) -> Option<Entry> {
        let mut entries = self.lock();
        if entries.len() >= MAX_IDS && !entries.contains_key(id) {
            return None;
        }
        Some(entries.entry(id.to_owned()).or_default().clone())
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<String, Entry>> {
        self.entries.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
