//! How long an echo takes: ping texts, their answers, and the numbers and the plot made of them.

use std::cell::RefCell;
use std::collections::VecDeque;

use wasm_bindgen::JsValue;

use crate::page::Page;
use crate::plot::{self, Sample};
use crate::words;

/// Pings whose answers are waited for; older ones are forgotten.
const WAITING: usize = 1000;
/// How the text of a ping begins; its number follows.
const BEGINNING: &str = "latency ping ";

/// Pings and their answers.
#[derive(Default)]
pub(crate) struct Latency(RefCell<State>);

#[derive(Default)]
struct State {
    /// Number and time of pings without answer, oldest first.
    waiting: VecDeque<(u64, f64)>,
    samples: VecDeque<Sample>,
    /// Pings since they were last cleared.
    pings: u64,
    answers: u64,
    number: u64,
    /// Width of the plot as drawn; another one, or new samples, ask for a new drawing.
    drawn: Option<i32>,
}

impl Latency {
    /// The next ping.
    pub(crate) fn ping(&self, now: f64) -> String {
        let state = &mut *self.0.borrow_mut();
        if state.waiting.len() == WAITING {
            state.waiting.pop_front();
        }
        state.number += 1;
        state.pings += 1;
        state.waiting.push_back((state.number, now));
        format!("{BEGINNING}{}", state.number)
    }

    /// Whether a message is the answer to a ping; it is counted if it is waited for.
    pub(crate) fn answer(&self, text: &str, now: f64) -> bool {
        let number = text.strip_prefix(BEGINNING);
        let Some(number) = number.and_then(|rest| rest.parse::<u64>().ok()) else {
            return false;
        };
        let state = &mut *self.0.borrow_mut();
        let found = state.waiting.iter().position(|(of, _)| *of == number);
        let Some((_, sent)) = found.and_then(|at| state.waiting.remove(at)) else {
            return number <= state.number;
        };
        state.answers += 1;
        let (at, took) = (now, now - sent);
        state.samples.push_back(Sample { at, took });
        while state
            .samples
            .front()
            .is_some_and(|first| at - first.at > plot::LONGEST)
        {
            state.samples.pop_front();
        }
        state.drawn = None;
        true
    }

    pub(crate) fn clear(&self) {
        let state = &mut *self.0.borrow_mut();
        let number = state.number;
        *state = State {
            number,
            ..State::default()
        };
    }

    /// Answers to earlier pings do not come any more.
    pub(crate) fn connection_is_new(&self) {
        let state = &mut *self.0.borrow_mut();
        state.waiting.clear();
        state.pings = state.answers;
    }

    pub(crate) fn show(&self, page: &Page) -> Result<(), JsValue> {
        let state = &mut *self.0.borrow_mut();
        page.text("samples", &words::count(state.samples.len() as u64));
        page.text("unanswered", &words::count(state.pings - state.answers));
        let place = page.element("plot")?;
        let width = place.client_width();
        if state.drawn == Some(width) {
            return Ok(());
        }
        state.drawn = Some(width);
        let samples: Vec<_> = state.samples.iter().copied().collect();
        let mut sorted: Vec<_> = samples.iter().map(|sample| sample.took).collect();
        sorted.sort_by(f64::total_cmp);
        let (median, max) = match (sorted.get(sorted.len() / 2), sorted.last()) {
            (Some(median), Some(max)) => (*median, *max),
            _ => {
                page.text("median", "–");
                page.text("max", "–");
                place.set_inner_html("<p class=\"help\">No samples yet.</p>");
                return Ok(());
            }
        };
        page.text("median", &words::milliseconds(median));
        page.text("max", &words::milliseconds(max));
        place.set_inner_html(&plot::svg(&samples, median, max, width.into()));
        Ok(())
    }
}
