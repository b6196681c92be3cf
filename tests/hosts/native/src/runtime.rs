//! The two runtimes of tokio.

use std::{io, sync::Arc};

use taro_socket_conformance::{
    Case, Harness, Outcome, Status, run_one,
    runner::{HostInfo, HostKind},
};
use tokio::runtime::{Builder, Runtime};

use crate::NativeHarness;

/// Which runtime the connector is driven by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Flavor {
    /// Driver, handlers and case may run on different threads.
    MultiThread,
    /// Everything runs on one thread.
    CurrentThread,
}

impl Flavor {
    fn build(self) -> io::Result<Runtime> {
        match self {
            Self::MultiThread => Builder::new_multi_thread()
                .worker_threads(2)
                .enable_all()
                .build(),
            Self::CurrentThread => Builder::new_current_thread().enable_all().build(),
        }
    }
}

/// Runs one case on a runtime of its own, which ends with it.
pub fn run_case(flavor: Flavor, case: &'static Case, harness: &Arc<NativeHarness>) -> Outcome {
    let harness: Arc<dyn Harness> = Arc::<NativeHarness>::clone(harness);
    match flavor.build() {
        Ok(runtime) => runtime.block_on(run_one(case, harness)),
        Err(error) => case.outcome(Status::Failed, Some(format!("no runtime: {error}"))),
    }
}

/// What the evidence says about this host.
#[must_use]
pub fn host_info(harness: &NativeHarness) -> HostInfo {
    let (os, arch) = (std::env::consts::OS, std::env::consts::ARCH);
    let name = format!("{os} {arch}");
    HostInfo::new(
        harness.platform(),
        HostKind::Real,
        name,
        harness.capabilities(),
    )
    .version("taro-socket", env!("CARGO_PKG_VERSION"))
}
