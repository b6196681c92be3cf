//! One file or folder per command.

pub mod autobahn;
pub mod bench;
pub mod conformance;
pub mod demo;
pub mod duplicates;
pub mod features;
pub mod host;
pub mod matrix;
pub mod msrv;
pub mod pack;
pub mod parity;
pub mod setup;
pub mod size;
pub mod targets;
pub mod test;
pub mod tidy;
pub mod web_test;
