//! The run: clients interleaved, in an order that rotates with the repetitions.

use std::time::Duration;

use anyhow::{Context as _, Result, ensure};
use tokio::time::sleep;

use crate::clients::CLIENTS;
use crate::page::Page;
use crate::peer::Peer;
use crate::results::{Results, Sample, Section};
use crate::workloads::{WORKLOADS, Workload};
use crate::{Cli, folder, hidden};

/// The last measurement's connection closes meanwhile.
const PAUSE: Duration = Duration::from_millis(40);

pub(crate) async fn run(cli: &Cli) -> Result<Results> {
    let asked = |key: &str| cli.workloads.is_empty() || cli.workloads.iter().any(|it| it == key);
    let workloads: Vec<_> = WORKLOADS.iter().filter(|it| asked(it.key)).collect();
    let hides = asked("hidden");
    ensure!(
        hides || !workloads.is_empty(),
        "no workload has such a name"
    );
    let folder = folder::make()?;
    let peer = Peer::start(&cli.peer)?;
    let page = Page::open(folder.path()).await?;
    let outcome = measure(cli, &workloads, &page, &peer).await;
    let browser = page.browser();
    page.close().await?;
    let sections = outcome?;
    let hidden = match hides {
        true => Some(hidden::measure(folder.path(), cli.quick).await?),
        false => None,
    };
    Ok(Results {
        browser,
        repetitions: repetitions(cli),
        quick: cli.quick,
        sections,
        hidden,
    })
}

fn repetitions(cli: &Cli) -> u32 {
    if cli.quick { 1 } else { cli.repetitions }
}

async fn measure(
    cli: &Cli,
    workloads: &[&'static Workload],
    page: &Page,
    peer: &Peer,
) -> Result<Vec<Section>> {
    let mut sections = Vec::new();
    for workload in workloads {
        println!("{} ({})", workload.key, workload.title);
        let mut section = Section {
            workload,
            samples: Default::default(),
        };
        // Before the first repetition all code is compiled.
        let warm_up = u32::from(!cli.quick);
        for repetition in 0..repetitions(cli) + warm_up {
            for at in 0..CLIENTS.len() {
                let at = (at + repetition as usize) % CLIENTS.len();
                let sample = cell(cli, workload, at, page, peer).await?;
                if repetition >= warm_up {
                    section.samples[at].push(sample);
                }
            }
        }
        sections.push(section);
    }
    Ok(sections)
}

async fn cell(
    cli: &Cli,
    workload: &Workload,
    at: usize,
    page: &Page,
    peer: &Peer,
) -> Result<Sample> {
    let client = CLIENTS[at];
    let messages = workload.count(client, cli.quick);
    let url = peer.url(&workload.path(messages));
    let url = (!workload.is_fake()).then_some(url.as_str());
    let measured = page.measure(client.key, url, workload.plan(messages));
    let measured = measured
        .await
        .with_context(|| format!("{}, {}", workload.key, client.title))?;
    sleep(PAUSE).await;
    Ok(Sample { measured, messages })
}
