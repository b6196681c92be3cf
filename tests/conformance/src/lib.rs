//! The conformance suite: one case table, run on every adapter.
