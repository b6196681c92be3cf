//! Placeholder for the state machine's tests.
