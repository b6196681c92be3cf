//! The allocator of the smallest builds, the same for every client.
#![cfg(all(target_family = "wasm", target_os = "unknown"))]

#[global_allocator]
static MEMORY: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();
