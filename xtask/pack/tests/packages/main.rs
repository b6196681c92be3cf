//! Packs crates, and runs what comes of it: one program, so that each package is made once and makers run side by side.
#![allow(clippy::unwrap_used, reason = "a panic fails the test")]

mod fixture;
mod hermes;
mod rebuilt;
mod support;
mod templates;
