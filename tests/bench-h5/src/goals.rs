//! The goals of the H5 adapter.

use crate::clients::{CLIENTS, Client, Kind};
use crate::hidden::{Hidden, MOST};
use crate::results::{Quantity, Results, Section};
use crate::statistics::Summary;

/// What a goal bounds.
#[derive(Clone, Copy, Debug)]
enum Of {
    /// CPU per message against plain JavaScript.
    CpuRatio,
    /// Microseconds per message.
    Micros,
}

/// Workload, what is bounded, bound for callbacks, bound for streams.
const GOALS: [(&str, Of, f64, f64); 6] = [
    ("L", Of::CpuRatio, 1.1, 1.1),
    ("E", Of::CpuRatio, 1.2, 1.2),
    ("T", Of::CpuRatio, 1.2, 1.2),
    ("A", Of::CpuRatio, 1.2, 1.2),
    ("mRb64", Of::Micros, 0.75, 1.5),
    ("mRt32", Of::Micros, 0.75, 1.5),
];

/// A difference below is noise, in either direction.
const NOISE: f64 = 0.1;
/// So is this, in microseconds.
const NOISE_MICROS: f64 = 0.05;

/// A line of the table of goals.
#[derive(Debug)]
pub(crate) struct Verdict {
    pub(crate) goal: String,
    pub(crate) measured: String,
    pub(crate) reached: bool,
}

pub(crate) fn verdicts(results: &Results) -> Vec<Verdict> {
    let find = |key: &str| results.sections.iter().find(|it| it.workload.key == key);
    let mut all = Vec::new();
    for (key, of, by_callback, as_stream) in GOALS {
        if let Some(section) = find(key) {
            all.extend(bound(section, of, Kind::OursByCallback, by_callback));
            all.extend(bound(section, of, Kind::OursAsStream, as_stream));
        }
    }
    for section in &results.sections {
        all.extend(never_behind(section, Kind::OursByCallback));
        all.extend(never_behind(section, Kind::OursAsStream));
    }
    all.extend(results.hidden.as_ref().map(behind_a_tab));
    all
}

fn bound(section: &Section, of: Of, kind: Kind, most: f64) -> Option<Verdict> {
    let of_kind = |kind| CLIENTS.into_iter().find(|client| client.kind == kind);
    let (client, copying) = (of_kind(kind)?, of_kind(Kind::Copying)?);
    let (measure, unit): (Box<dyn Fn(Client) -> Option<Summary>>, _) = match of {
        Of::CpuRatio => (
            Box::new(|client| section.ratio(client, Quantity::Cpu)),
            "of plain JavaScript's CPU",
        ),
        Of::Micros => (
            Box::new(|client| section.summary(client, Quantity::Wall)),
            "µs",
        ),
    };
    let summary = measure(client)?;
    let floor = measure(copying).map_or_else(String::new, |floor| {
        format!("; copying alone {:.2}", floor.median)
    });
    let (key, title) = (section.workload.key, client.title);
    Some(Verdict {
        goal: format!("{key}, {title}: at most {most} {unit}"),
        measured: format!(
            "{:.2} ({:.2}-{:.2}){floor}",
            summary.median, summary.minimum, summary.maximum
        ),
        // At the two decimals that are shown.
        reached: (summary.median * 100.0).round() <= most * 100.0,
    })
}

/// Of a hidden page against the same page in front.
fn behind_a_tab(hidden: &Hidden) -> Verdict {
    Verdict {
        goal: format!("hidden, an awaited send of 256 KiB: at most {MOST} of the time in front"),
        measured: format!(
            "{:.2}; {:.2} ms hidden, {:.2} ms in front",
            hidden.ratio(),
            hidden.hidden.median,
            hidden.front.median
        ),
        reached: hidden.is_reached(),
    }
}

/// Against the best of the other crates in this workload: callbacks against all of them, a stream against
/// streams, which have a task to wake.
fn never_behind(section: &Section, kind: Kind) -> Option<Verdict> {
    let client = CLIENTS.into_iter().find(|client| client.kind == kind)?;
    let quantity = if section.workload.is_fake() {
        Quantity::Wall
    } else {
        Quantity::Cpu
    };
    let is_compared = |other: &Client| match other.kind {
        Kind::OtherAsStream => true,
        Kind::OtherByCallback => kind == Kind::OursByCallback,
        _ => false,
    };
    let others = CLIENTS.into_iter().filter(is_compared);
    let medians = others.filter_map(|other| {
        let median = section.summary(other, quantity)?.median;
        Some((median, other))
    });
    let (least, best) = medians.min_by(|(one, _), (other, _)| one.total_cmp(other))?;
    let own = section.summary(client, quantity)?.median;
    let ratio = section.ratio_to(client, best, quantity)?;
    let (key, title) = (section.workload.key, client.title);
    Some(Verdict {
        goal: format!("{key}, {title}: not behind other crates"),
        measured: format!(
            "{:.2} ({:.2}-{:.2}) of {}",
            ratio.median, ratio.minimum, ratio.maximum, best.title
        ),
        reached: ratio.median <= 1.0 + NOISE || own - least <= NOISE_MICROS,
    })
}
