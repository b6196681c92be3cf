//! Sessions with devices that are none: one program, so that what one test packs is there for the others, and packers
//! of several platforms run side by side.
#![allow(clippy::unwrap_used, reason = "a panic fails the test")]

mod mini_programs;
mod react_native;
mod record;
mod support;
