//! Words shared by the conformance suite and the test server.
