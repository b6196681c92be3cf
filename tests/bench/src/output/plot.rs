//! docs/benchmarks.svg: one panel of bars per workload, two panels side by side.

use std::fmt::Write as _;

use super::{
    panel::{self, GOAL, INK, OTHERS, OURS},
    report::Report,
};

const MARGIN: f64 = 20.0;
const TOP: f64 = 76.0;

/// The plot as an SVG document.
pub(super) fn plot(report: &Report) -> String {
    let mut body = legend();
    let mut y = TOP;
    for pair in report.sections.chunks(2) {
        for (column, section) in pair.iter().enumerate() {
            let x = MARGIN + column as f64 * (panel::WIDTH + MARGIN);
            let panel = panel::panel(section);
            let _ = writeln!(body, "<g transform=\"translate({x} {y})\">\n{panel}</g>");
        }
        y += pair.iter().map(panel::height).fold(0.0, f64::max);
    }
    let width = MARGIN + 2.0 * (panel::WIDTH + MARGIN);
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {y}\" width=\"{width}\" height=\"{y}\" \
         font-family=\"sans-serif\" font-size=\"12\" fill=\"{INK}\">\n\
         <rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n{body}</svg>\n"
    )
}

fn legend() -> String {
    let mark = |x: f64, colour: &str, path: &str, name: &str| {
        format!(
            "<path d=\"M{x} 42v14\" stroke=\"{colour}\" {path}/><text x=\"{}\" y=\"53\">{name}</text>\n",
            x + 14.0
        )
    };
    format!(
        "<text x=\"{MARGIN}\" y=\"28\" font-size=\"17\" font-weight=\"bold\">taro-socket beside other clients: \
         medians of one interleaved run on loopback</text>\n{}{}{}{}",
        mark(MARGIN + 7.0, OURS, "stroke-width=\"14\"", "taro-socket"),
        mark(
            MARGIN + 117.0,
            OTHERS,
            "stroke-width=\"14\"",
            "other clients"
        ),
        mark(
            MARGIN + 237.0,
            GOAL,
            "stroke-width=\"3\"",
            "goal of the row"
        ),
        mark(
            MARGIN + 367.0,
            INK,
            "stroke-dasharray=\"3 3\"",
            "reference = 1"
        ),
    )
}
