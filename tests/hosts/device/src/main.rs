//! Makes a program that runs the conformance suite on a device, and waits for what it posts.
#![allow(
    clippy::print_stdout,
    reason = "the progress of a command-line program"
)]

use std::net::IpAddr;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context as _, Result};
use clap::Parser;
use taro_socket_conformance::runner::{RunArgs, print_outcome};
use taro_socket_host_device::{
    Address, DevicePlatform, Plan, Recorded, Session, device_platform, device_platforms, make,
    record,
};
use taro_socket_pack::Form;
use taro_socket_report::{Evidence, write_evidence};

/// The conformance suite on a device: makes a project, serves it, records what it posts.
#[derive(Debug, Parser)]
#[command(bin_name = "cargo xtask host")]
struct Cli {
    /// weapp, alipay, swan or rn.
    platform: String,
    #[command(flatten)]
    run: RunArgs,
    /// The test server as the device dials it; this machine's address in its network by default, port 9001.
    #[arg(long, value_name = "ws://HOST:PORT")]
    server: Option<String>,
    /// Address to listen on: that of --server by default. `0.0.0.0` is all of this machine's.
    #[arg(long, value_name = "IP")]
    listen: Option<IpAddr>,
    /// Beginning of a URL whose certificate the device trusts, and which leads to the server's plain port.
    #[arg(long, value_name = "wss://HOST[:PORT]")]
    secure: Option<String>,
    /// The device's name in the evidence and its file; by default what it calls itself.
    #[arg(long, value_name = "NAME")]
    device: Option<String>,
    /// What the module becomes; what works on the platform by default.
    #[arg(long, value_enum)]
    form: Option<Form>,
    /// Folder of the project.
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// Folder of recorded evidence.
    #[arg(long, value_name = "DIR", hide = true)]
    results: PathBuf,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<ExitCode> {
    let cli = Cli::parse();
    let platform = platform(&cli.platform)?;
    let address = Address::new(cli.server.as_deref(), cli.listen)?;
    let seed = cli.run.seed();
    let plan = Plan {
        platform,
        cases: cli.run.cases(seed),
        seed,
        fingerprint: cli.run.fingerprint.clone(),
        secure: cli.secure.clone(),
    };
    let cases = plan.cases.len();
    let mut session = Session::start(plan, &address, cli.out.join("served"))?;
    let project = cli.out.join("project");
    println!("packing the page");
    let fingerprint = &cli.run.fingerprint;
    make(
        platform,
        cli.form,
        fingerprint,
        &session.control(),
        &project,
    )?;
    introduce(&session, &address, platform, &project, cases);
    let mut at = 0;
    let evidence = session.evidence(|outcome| {
        at += 1;
        print!("{at:>3}/{cases} ");
        print_outcome(outcome);
    });
    let evidence = named(evidence.await?, cli.device.as_deref());
    if let Some(path) = &cli.run.report {
        write_evidence(path, &evidence)?;
    }
    conclude(&evidence, &record(&evidence, &cli.results)?);
    Ok(match evidence.end().failed {
        0 => ExitCode::SUCCESS,
        _ => ExitCode::FAILURE,
    })
}

fn platform(key: &str) -> Result<&'static DevicePlatform> {
    let keys = || {
        let all: Vec<_> = device_platforms().iter().map(|entry| entry.key).collect();
        all.join(", ")
    };
    device_platform(key).with_context(|| format!("no device of {key}; there are {}", keys()))
}

fn introduce(
    session: &Session,
    address: &Address,
    platform: &DevicePlatform,
    project: &std::path::Path,
    cases: usize,
) {
    println!("\nproject: {}", project.display());
    println!("server:  {}", session.control());
    match address.is_everywhere() {
        true => {
            println!("         LISTENS ON ALL INTERFACES: whoever reaches this machine reaches it")
        }
        false => println!("         listens on {} only", address.listen.ip()),
    }
    println!("certificate of its authority: {}", session.authority());
    match platform.tool {
        Some(tool) => println!(
            "\nOpen the project in {tool}, switch the check of domains off, run it on the device."
        ),
        None => println!("\nCopy what is in the project into an app, run it on the device."),
    }
    println!("The steps are in docs/DEVICES.md. Waiting for {cases} cases; Ctrl-C ends it.\n");
}

/// The evidence under another name of the device.
fn named(evidence: Evidence, name: Option<&str>) -> Evidence {
    let Some(name) = name else {
        return evidence;
    };
    let mut header = evidence.header().clone();
    header.host_name = name.to_owned();
    Evidence::new(header, evidence.outcomes().to_vec())
}

fn conclude(evidence: &Evidence, recorded: &Recorded) {
    let (header, end) = (evidence.header(), evidence.end());
    let versions = header.versions.iter();
    let versions: Vec<_> = versions
        .map(|(part, version)| format!("{part} {version}"))
        .collect();
    println!("\n{} ({})", header.host_name, versions.join(", "));
    println!(
        "{} passed, {} failed, {} unsupported",
        end.passed, end.failed, end.unsupported
    );
    match recorded {
        Recorded::As(path) => println!(
            "recorded in {}; `cargo xtask matrix` shows it",
            path.display()
        ),
        Recorded::Simulated => println!("not recorded: the host is simulated, no device"),
        Recorded::Part => println!("not recorded: not the whole suite"),
    }
}
