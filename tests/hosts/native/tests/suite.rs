//! Every case on both runtimes of tokio, as named tests.

use std::{io, process::ExitCode, sync::Arc};

use libtest_mimic::Arguments;
use taro_socket_conformance::{Harness, runner::trials};
use taro_socket_host_native::{Flavor, NativeHarness, run_case};

fn main() -> io::Result<ExitCode> {
    let arguments = Arguments::from_args();
    let harness = Arc::new(NativeHarness::start()?);
    let mut tests = Vec::new();
    for (prefix, flavor) in [
        ("", Flavor::MultiThread),
        ("current-thread::", Flavor::CurrentThread),
    ] {
        let shared = Arc::clone(&harness);
        let (capabilities, around) = (harness.capabilities(), harness.environment());
        tests.extend(trials(prefix, capabilities, around, move |case| {
            run_case(flavor, case, &shared)
        }));
    }
    Ok(libtest_mimic::run(&arguments, tests).exit_code())
}
