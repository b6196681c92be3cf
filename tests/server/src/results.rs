//! Lines that browsers and hosts post, by run.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::watch;
use tokio::time::timeout;

use crate::limits::{MAX_RESULTS, MAX_RUNS};

type Runs = HashMap<String, String>;

/// Posted text by run. Cloning shares it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Results {
    runs: Arc<watch::Sender<Runs>>,
}

impl Results {
    /// Appends text to a run, ending it with a line end; refuses what would pass a bound.
    pub(crate) fn append(&self, run: &str, text: &str) -> bool {
        self.runs.send_if_modified(|runs| {
            let known = runs.get(run).map(String::len);
            let full = known.is_none() && runs.len() >= MAX_RUNS;
            if full || known.unwrap_or(0) + text.len() >= MAX_RESULTS {
                return false;
            }
            let stored = runs.entry(run.to_owned()).or_default();
            stored.push_str(text);
            if !stored.is_empty() && !stored.ends_with('\n') {
                stored.push('\n');
            }
            true
        })
    }

    /// The text of a run so far.
    pub(crate) fn get(&self, run: &str) -> Option<String> {
        self.runs.borrow().get(run).cloned()
    }

    /// The text of a run once a line holds `marker`; `None` when `within` is over first.
    pub(crate) async fn wait(&self, run: &str, marker: &str, within: Duration) -> Option<String> {
        let mut changes = self.runs.subscribe();
        let there = |runs: &Runs| runs.get(run).is_some_and(|text| text.contains(marker));
        let runs = timeout(within, changes.wait_for(there)).await.ok()?.ok()?;
        runs.get(run).cloned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_gather_by_run_within_bounds() {
        let results = Results::default();
        assert!(results.append("a", "1"));
        assert!(results.append("a", "2\n"));
        assert_eq!(results.get("a").as_deref(), Some("1\n2\n"));
        assert_eq!(results.get("b"), None);
        assert!(!results.append("a", &"x".repeat(MAX_RESULTS)));
        for run in 1..MAX_RUNS {
            assert!(results.append(&run.to_string(), "x"));
        }
        assert!(!results.append("one too many", "x"));
    }
}
