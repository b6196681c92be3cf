//! Benchmarks of the native adapter beside other clients.

fn main() {}
