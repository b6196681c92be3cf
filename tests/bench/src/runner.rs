//! The parent: starts the peer and one client process per measurement.

use std::{
    io::{BufRead as _, BufReader},
    process::{Child, ChildStdin, Command, Stdio},
};

use clap::ValueEnum as _;

use crate::{
    Result,
    cell::{Cell, Measurement},
    cli::Cli,
    clients::ClientKind,
    output::{self, Conditions},
    server::Ports,
    system,
    workloads::WorkloadKind,
};

/// A process that ends when its standard input does; killed when it is dropped.
struct Helper {
    process: Child,
    _input: Option<ChildStdin>,
}

impl Helper {
    fn new(mut process: Child) -> Self {
        let input = process.stdin.take();
        Self {
            process,
            _input: input,
        }
    }
}

impl Drop for Helper {
    fn drop(&mut self) {
        // Both fail only when the process is gone already.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Runs all cells, prints the report and writes the documents if asked for.
pub(crate) fn run(cli: &Cli) -> Result<()> {
    let pinned = system::can_pin();
    let spinners: Vec<_> = if pinned {
        [system::SERVER_CORE, system::CLIENT_CORE]
            .into_iter()
            .filter_map(system::start_spinner)
            .collect()
    } else {
        Vec::new()
    };
    let spinners: Vec<_> = spinners.into_iter().map(Helper::new).collect();
    let conditions = Conditions {
        pinned,
        spinners: spinners.len() == 2,
        repetitions: cli.repetitions,
        quick: cli.quick,
        load: system::load_average(),
    };
    eprintln!("{}", conditions.sentence());
    let (_peer, ports) = start_peer()?;
    let cells = measure_all(cli, ports)?;
    let report = output::Report::new(&cells, conditions);
    output::print(&report)?;
    if cli.write_docs {
        output::write_documents(&report)?;
    }
    let failed = cells
        .iter()
        .flat_map(|cell| &cell.samples)
        .filter(|sample| sample.is_none())
        .count();
    if failed == 0 {
        Ok(())
    } else {
        Err(format!("{failed} measurements failed").into())
    }
}

fn start_peer() -> Result<(Helper, Ports)> {
    let mut command = Command::new(std::env::current_exe()?);
    let mut process = command
        .arg("server")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()?;
    let output = process.stdout.take().ok_or("no output of the peer")?;
    let helper = Helper::new(process);
    let mut line = String::new();
    BufReader::new(output).read_line(&mut line)?;
    Ok((helper, serde_json::from_str(&line)?))
}

/// All cells: per workload one round of all clients after the other.
fn measure_all(cli: &Cli, ports: Ports) -> Result<Vec<Cell>> {
    let all = WorkloadKind::value_variants().iter().copied();
    let workloads = all.filter(|kind| cli.workloads.is_empty() || cli.workloads.contains(kind));
    let plan: Vec<_> = workloads
        .map(|workload| (workload, clients_of(workload, &cli.clients)))
        .collect();
    let total =
        plan.iter().map(|(_, clients)| clients.len()).sum::<usize>() * cli.repetitions as usize;
    let mut number = 0;
    let mut cells = Vec::new();
    for (workload, clients) in plan {
        let new = |client| Cell {
            workload,
            client,
            samples: Vec::new(),
        };
        let mut row: Vec<Cell> = clients.into_iter().map(new).collect();
        for repetition in 1..=cli.repetitions {
            for cell in &mut row {
                number += 1;
                let head = format!(
                    "[{number}/{total}] repetition {repetition}/{}",
                    cli.repetitions
                );
                cell.samples.push(measure(cell, ports, cli.quick, &head)?);
            }
        }
        cells.append(&mut row);
    }
    Ok(cells)
}

/// The clients of one workload: those asked for and the reference.
fn clients_of(workload: WorkloadKind, asked: &[ClientKind]) -> Vec<ClientKind> {
    let reference = workload.description().reference;
    let all = ClientKind::value_variants().iter().copied();
    all.filter(|client| workload.includes(*client))
        .filter(|client| asked.is_empty() || asked.contains(client) || reference == Some(*client))
        .collect()
}

/// One client process, with a line of progress.
fn measure(cell: &Cell, ports: Ports, quick: bool, head: &str) -> Result<Option<Measurement>> {
    let description = cell.workload.description();
    let value_name = |value: Option<clap::builder::PossibleValue>| {
        Ok::<_, &str>(value.ok_or("no name")?.get_name().to_owned())
    };
    let mut command = Command::new(std::env::current_exe()?);
    command.args([
        "client",
        "--workload",
        &value_name(cell.workload.to_possible_value())?,
    ]);
    command.args(["--client", &value_name(cell.client.to_possible_value())?]);
    command.args(["--websocket", &format!("127.0.0.1:{}", ports.websocket)]);
    command.args(["--tcp", &format!("127.0.0.1:{}", ports.tcp)]);
    if quick {
        command.arg("--quick");
    }
    let output = command
        .stdin(Stdio::null())
        .stderr(Stdio::inherit())
        .output()?;
    let measurement: Option<Measurement> = if output.status.success() {
        serde_json::from_slice(&output.stdout).ok()
    } else {
        None
    };
    let value = measurement.map_or_else(
        || "failed".to_owned(),
        |measured| {
            format!(
                "{:.*} {}",
                description.decimals, measured.value, description.unit
            )
        },
    );
    eprintln!("{head} {} {}: {value}", description.id, cell.client.title());
    Ok(measurement)
}
