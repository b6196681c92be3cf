//! The allocator of packed clients, the same for every one.
#![cfg(all(target_family = "wasm", target_os = "unknown"))]

#[global_allocator]
static MEMORY: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();
