//! Autobahn fuzzing client over the facade.

fn main() {}
