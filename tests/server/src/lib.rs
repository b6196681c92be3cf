//! The embedded test server: behaviours by path, and a control channel that tells what it saw.
