//! Runs the conformance suite on the native adapter.
