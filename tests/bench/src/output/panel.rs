//! One panel of the plot: a bar per client, with an axis.

use std::fmt::Write as _;

use super::report::{Row, Section};
use crate::workloads::Description;

/// Width of a panel, in pixels.
pub(super) const WIDTH: f64 = 590.0;
/// Rows of the native adapter.
pub(super) const OURS: &str = "#0b6e4f";
/// Other rows.
pub(super) const OTHERS: &str = "#9aa5b1";
/// Goal marks.
pub(super) const GOAL: &str = "#c2410c";
/// Text and the reference line.
pub(super) const INK: &str = "#1f2933";

const LABELS: f64 = 215.0;
const BARS: f64 = 250.0;
const ROW: f64 = 22.0;
const HEAD: f64 = 32.0;
const FOOT: f64 = 54.0;

/// Height of the panel of `section`, in pixels.
pub(super) fn height(section: &Section) -> f64 {
    HEAD + ROW * section.rows.len() as f64 + FOOT
}

/// A row with its bar's value; rows without a measurement are left out.
type Bar<'a> = (&'a Row, f64);

/// The panel of `section`.
pub(super) fn panel(section: &Section) -> String {
    let description = section.description;
    let judged = |row| Some((row, Row::judged(row, description)?));
    let bars: Vec<Bar<'_>> = section.rows.iter().filter_map(judged).collect();
    let goals = bars.iter().filter_map(|(row, _)| Some(row.goal?.bound()));
    let longest = bars.iter().map(|(_, value)| *value).chain(goals);
    let (step, end) = axis(longest.fold(1.0, f64::max));
    let place = |value: f64| LABELS + BARS * value / end;
    let bottom = HEAD + ROW * bars.len() as f64;

    let mut text = format!(
        "<text x=\"0\" y=\"16\" font-size=\"14\" font-weight=\"bold\">{}: {}</text>\n",
        description.id, description.title
    );
    text += &ticks(step, end, bottom, &place);
    for (index, bar) in bars.into_iter().enumerate() {
        text += &row(bar, description, HEAD + ROW * index as f64, &place);
    }
    if description.reference.is_some() {
        let x = place(1.0);
        let _ = writeln!(
            text,
            "<path d=\"M{x:.1} {HEAD}V{bottom}\" stroke=\"{INK}\" stroke-dasharray=\"3 3\"/>"
        );
    }
    let (x, y) = (LABELS + BARS / 2.0, bottom + 30.0);
    let name = axis_name(description);
    let _ = writeln!(
        text,
        "<text x=\"{x}\" y=\"{y}\" font-size=\"11\" text-anchor=\"middle\">{name}</text>"
    );
    text
}

/// Grid lines with their numbers.
fn ticks(step: f64, end: f64, bottom: f64, place: &impl Fn(f64) -> f64) -> String {
    let decimals = usize::from(step < 1.0);
    let count = (end / step).round() as u32;
    let ticks = (0..=count).map(|index| f64::from(index) * step);
    ticks.fold(String::new(), |mut text, tick| {
        let x = place(tick);
        let _ = writeln!(
            text,
            "<path d=\"M{x:.1} {HEAD}V{bottom}\" stroke=\"#e4e7eb\"/><text x=\"{x:.1}\" y=\"{}\" \
             font-size=\"10\" text-anchor=\"middle\">{tick:.decimals$}</text>",
            bottom + 14.0
        );
        text
    })
}

/// Label, bar, measured value and goal of one client. `top` is the upper edge of its row.
fn row(
    (row, value): Bar<'_>,
    description: &Description,
    top: f64,
    place: &impl Fn(f64) -> f64,
) -> String {
    let (colour, weight) = match row.client.is_ours() {
        true => (OURS, "bold"),
        false => (OTHERS, "normal"),
    };
    let mut text = format!(
        "<text x=\"{}\" y=\"{}\" text-anchor=\"end\" font-weight=\"{weight}\">{}</text>\
         <rect x=\"{LABELS}\" y=\"{}\" width=\"{:.1}\" height=\"15\" fill=\"{colour}\"/>\
         <text x=\"{}\" y=\"{}\" font-size=\"10\">{}</text>\n",
        LABELS - 8.0,
        top + 15.0,
        row.client.title(),
        top + 3.5,
        place(value) - LABELS,
        LABELS + BARS + 8.0,
        top + 15.0,
        measured(row, value, description),
    );
    if let Some(goal) = row.goal {
        let x = place(goal.bound());
        let _ = writeln!(
            text,
            "<path d=\"M{x:.1} {}v19\" stroke=\"{GOAL}\" stroke-width=\"3\"/>",
            top + 1.5
        );
    }
    text
}

/// Ratio, where there is one, and the median in its unit.
fn measured(row: &Row, value: f64, description: &Description) -> String {
    let median = row.value.map_or(0.0, |summary| summary.median);
    let unit = description.unit.split(" (").next().unwrap_or_default();
    let median = format!("{median:.*} {unit}", description.decimals);
    match description.reference {
        Some(_) => format!("{value:.2} · {median}"),
        None => median,
    }
}

/// What the axis shows.
fn axis_name(description: &Description) -> String {
    let (quantity, better) = match description.higher_is_better {
        true => ("throughput", "longer is better"),
        false => ("median time", "shorter is better"),
    };
    match description.reference {
        Some(reference) => format!("{quantity} as ratio to {}; {better}", reference.title()),
        None => format!("{}; {better}", description.unit),
    }
}

/// Distance of the ticks and end of an axis that shows `longest`: at most 8 ticks of 1, 2 or 5 times a power of 10.
fn axis(longest: f64) -> (f64, f64) {
    let power = 10_f64.powf((longest / 8.0).log10().floor());
    let steps = [1.0, 2.0, 5.0, 10.0].map(|factor| factor * power);
    let fits = |step: &f64| longest / step <= 8.0;
    let step = steps.into_iter().find(fits).unwrap_or(steps[3]);
    (step, (longest / step).ceil() * step)
}

#[cfg(test)]
mod tests {
    use super::axis;

    #[test]
    fn axes_have_round_ticks() {
        assert_eq!(axis(1.0), (0.2, 1.0));
        assert_eq!(axis(7.5), (1.0, 8.0));
        assert_eq!(axis(134.0), (20.0, 140.0));
    }
}
