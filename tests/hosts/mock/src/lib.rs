//! Runs the conformance suite on the mock, and its self-test.
