//! Medians, ratios and verdicts of all cells.

use crate::{
    cell::Cell,
    clients::ClientKind,
    goals::Goal,
    statistics::Summary,
    workloads::{Description, WorkloadKind},
};

/// How the run was made.
#[derive(Clone, Debug)]
pub(crate) struct Conditions {
    pub(crate) pinned: bool,
    pub(crate) spinners: bool,
    pub(crate) repetitions: u32,
    pub(crate) quick: bool,
    /// Of the last minute before the run; much of it means that other work disturbs the numbers.
    pub(crate) load: Option<String>,
}

impl Conditions {
    /// The conditions in words.
    pub(crate) fn sentence(&self) -> String {
        let length = if self.quick {
            "quick run (fewer messages and connections)"
        } else {
            "full run"
        };
        let pinned = if self.pinned {
            "peer pinned to one core and client to another"
        } else {
            "not pinned: fewer than two cores, or no way to pin here"
        };
        let spinners = if self.spinners {
            "a SCHED_IDLE spinner keeps each core awake"
        } else {
            "no spinners, so round trips include the wake of an idle core"
        };
        let load = self.load.as_deref().unwrap_or("unknown");
        format!(
            "{length}, {} repetitions, interleaved; {pinned}; {spinners}; load average before the run {load}.",
            self.repetitions
        )
    }
}

/// One client in one workload.
#[derive(Debug)]
pub(crate) struct Row {
    pub(crate) client: ClientKind,
    pub(crate) value: Option<Summary>,
    /// Of the ratios to the reference, repetition by repetition.
    pub(crate) ratio: Option<Summary>,
    pub(crate) detail: Option<Summary>,
    pub(crate) cpu: Option<Summary>,
    pub(crate) goal: Option<Goal>,
}

impl Row {
    /// What the goal is compared with, and what the plot shows.
    pub(crate) fn judged(&self, description: &Description) -> Option<f64> {
        let summary = if description.reference.is_some() {
            self.ratio
        } else {
            self.value
        };
        summary.map(|summary| summary.median)
    }

    /// `reached` or `missed` with the bound; empty for rows without a goal.
    pub(crate) fn verdict(&self, description: &Description) -> String {
        match (self.goal, self.judged(description)) {
            (Some(goal), Some(measured)) => goal.verdict(measured),
            _ => String::new(),
        }
    }
}

/// All clients of one workload.
#[derive(Debug)]
pub(crate) struct Section {
    pub(crate) description: &'static Description,
    pub(crate) rows: Vec<Row>,
}

/// All workloads of a run.
#[derive(Debug)]
pub(crate) struct Report {
    pub(crate) conditions: Conditions,
    pub(crate) sections: Vec<Section>,
}

impl Report {
    /// The report over `cells`, which are grouped by workload.
    pub(crate) fn new(cells: &[Cell], conditions: Conditions) -> Self {
        let groups = cells.chunk_by(|left, right| left.workload == right.workload);
        Self {
            conditions,
            sections: groups.map(section).collect(),
        }
    }
}

fn section(cells: &[Cell]) -> Section {
    let workload = cells[0].workload;
    let description = workload.description();
    let reference = cells
        .iter()
        .find(|cell| Some(cell.client) == description.reference);
    let rows = cells
        .iter()
        .map(|cell| row(workload, cell, reference))
        .collect();
    Section { description, rows }
}

fn row(workload: WorkloadKind, cell: &Cell, reference: Option<&Cell>) -> Row {
    Row {
        client: cell.client,
        value: Summary::of(cell.values(|measured| Some(measured.value))),
        ratio: reference.and_then(|reference| Summary::of(cell.ratios(reference))),
        detail: Summary::of(cell.values(|measured| measured.detail)),
        cpu: Summary::of(cell.values(|measured| Some(measured.cpu))),
        goal: Goal::of(workload, cell.client),
    }
}
