//! Runs the conformance suite on the native adapter and writes its evidence.

use std::{io, process::ExitCode, sync::Arc};

use clap::Parser;
use taro_socket_conformance::runner::{RunArgs, run};
use taro_socket_host_native::{Flavor, NativeHarness, host_info, run_case};

#[derive(Debug, Parser)]
#[command(about)]
struct Cli {
    #[command(flatten)]
    run: RunArgs,
}

fn main() -> io::Result<ExitCode> {
    let cli = Cli::parse();
    let harness = Arc::new(NativeHarness::start()?);
    let info = host_info(&harness);
    let sound = run(&cli.run, &info, |case| {
        run_case(Flavor::MultiThread, case, &harness)
    })?;
    Ok(if sound {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}
