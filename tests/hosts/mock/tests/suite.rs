//! Every case on the mock, and the self-test of every case, as named tests.

use std::process::ExitCode;

use libtest_mimic::{Arguments, Trial};
use taro_socket_conformance::{CASES, Environment, runner::trials};
use taro_socket_host_mock::{host_info, run_case, self_test};

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let around = Environment {
        network: false,
        app: true,
        few_sockets: true,
    };
    let mut tests = trials("", host_info().capabilities, around, run_case);
    tests.extend(CASES.iter().map(|case| {
        let name = format!("self-test::{}", case.id);
        Trial::test(name, || self_test(case).map(drop).map_err(Into::into))
    }));
    libtest_mimic::run(&arguments, tests).exit_code()
}
