//! The latency plot, as SVG.

use std::fmt::Write as _;

use crate::words;

/// Height of the whole, and room for the numbers at its edges, in pixels.
const HEIGHT: f64 = 176.0;
const LEFT: f64 = 62.0;
const RIGHT: f64 = 10.0;
const TOP: f64 = 14.0;
const BOTTOM: f64 = 24.0;
/// Shortest and longest time that is shown, in milliseconds.
const SHORTEST: f64 = 10_000.0;
pub(crate) const LONGEST: f64 = 60_000.0;

/// One answered ping, in milliseconds.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Sample {
    /// When the answer came.
    pub(crate) at: f64,
    pub(crate) took: f64,
}

/// The frame in which samples have their places.
struct Frame {
    width: f64,
    end: f64,
    span: f64,
    top: f64,
}

impl Frame {
    fn x(&self, at: f64) -> f64 {
        let room = self.width - LEFT - RIGHT;
        LEFT + room * (1.0 - (self.end - at) / self.span)
    }

    fn y(&self, took: f64) -> f64 {
        HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * took / self.top
    }
}

/// The plot of samples, oldest first, in a place that is so many pixels wide.
pub(crate) fn svg(samples: &[Sample], median: f64, max: f64, width: f64) -> String {
    let (first, last) = match samples {
        [first, .., last] => (*first, *last),
        [only] => (*only, *only),
        [] => return String::new(),
    };
    let frame = Frame {
        width: width.max(LEFT + RIGHT + 50.0),
        end: last.at,
        span: (last.at - first.at).clamp(SHORTEST, LONGEST),
        top: round_up(max),
    };
    let mut text = format!(
        "<svg role=\"img\" viewBox=\"0 0 {:.0} {HEIGHT}\" aria-label=\"{} samples, median {}, max {}\">",
        frame.width,
        samples.len(),
        words::milliseconds(median),
        words::milliseconds(max)
    );
    grid(&mut text, &frame);
    line(&mut text, &frame, "median", median);
    let points = samples.iter().enumerate().map(|(at, sample)| {
        let verb = if at == 0 { 'M' } else { 'L' };
        format!(
            "{verb}{:.1} {:.1}",
            frame.x(sample.at),
            frame.y(sample.took)
        )
    });
    let points: String = points.collect();
    let (x, y) = (frame.x(last.at), frame.y(last.took));
    // Writing to a string does not fail.
    let _ = write!(
        text,
        "<path class=\"line\" d=\"{points}\"/><circle class=\"last\" cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"4\"/></svg>"
    );
    text
}

fn grid(text: &mut String, frame: &Frame) {
    for part in [0.0, 0.5, 1.0] {
        let value = frame.top * part;
        line(text, frame, "grid", value);
        let (x, y) = (LEFT - 8.0, frame.y(value) + 4.0);
        let _ = write!(
            text,
            "<text x=\"{x}\" y=\"{y:.1}\" text-anchor=\"end\">{value} ms</text>"
        );
    }
    let (y, right) = (HEIGHT - 6.0, frame.width - RIGHT);
    let _ = write!(
        text,
        "<text x=\"{LEFT}\" y=\"{y}\">{:.0} s before</text><text x=\"{right}\" y=\"{y}\" text-anchor=\"end\">last answer</text>",
        frame.span / 1000.0
    );
}

fn line(text: &mut String, frame: &Frame, class: &str, value: f64) {
    let (y, right) = (frame.y(value), frame.width - RIGHT);
    let _ = write!(
        text,
        "<line class=\"{class}\" x1=\"{LEFT}\" x2=\"{right}\" y1=\"{y:.1}\" y2=\"{y:.1}\"/>"
    );
}

/// The next of 1, 2, 5, 10, 20, …; at least a tenth.
fn round_up(value: f64) -> f64 {
    let mut unit = 0.1;
    loop {
        for step in [1.0, 2.0, 5.0] {
            if value <= unit * step {
                return unit * step;
            }
        }
        if unit > 1e9 {
            return value;
        }
        unit *= 10.0;
    }
}
