//! The list of what went to and fro, newest first.

use std::cell::RefCell;
use std::collections::VecDeque;

use taro_socket::Message;
use wasm_bindgen::JsValue;

use crate::page::Page;
use crate::words;

/// Lines that are kept.
const LINES: usize = 200;
/// Characters and bytes of a message that are shown.
const CHARACTERS: usize = 200;
const BYTES: usize = 16;

/// Where something went.
#[derive(Clone, Copy)]
pub(crate) enum Direction {
    Sent,
    Received,
    /// Neither: open, error, close.
    Event,
}

impl Direction {
    fn word(self) -> &'static str {
        match self {
            Self::Sent => "sent",
            Self::Received => "received",
            Self::Event => "event",
        }
    }
}

struct Line {
    time: String,
    direction: &'static str,
    kind: &'static str,
    size: String,
    text: String,
}

/// Lines that wait to be shown: many messages at once must not be as many changes of the page.
#[derive(Default)]
pub(crate) struct Log(RefCell<VecDeque<Line>>);

impl Log {
    pub(crate) fn message(&self, direction: Direction, message: &Message) {
        let (kind, text) = match message {
            Message::Text(text) => ("text", shortened(text)),
            Message::Binary(bytes) => ("binary", hexadecimal(bytes)),
        };
        self.push(direction, kind, words::bytes(message.len() as u64), text);
    }

    pub(crate) fn event(&self, kind: &'static str, text: String) {
        self.push(Direction::Event, kind, String::new(), text);
    }

    fn push(&self, direction: Direction, kind: &'static str, size: String, text: String) {
        let (time, direction) = (words::time_of_day(), direction.word());
        let mut lines = self.0.borrow_mut();
        if lines.len() == LINES {
            lines.pop_front();
        }
        lines.push_back(Line {
            time,
            direction,
            kind,
            size,
            text,
        });
    }

    /// Shows what waits.
    pub(crate) fn flush(&self, page: &Page) -> Result<(), JsValue> {
        let lines = self.0.take();
        if lines.is_empty() {
            return Ok(());
        }
        page.show("log-empty", false);
        let list = page.element("log")?;
        for line in lines {
            let item = element(page, &line)?;
            list.insert_before(&item, list.first_child().as_ref())?;
        }
        while list.child_element_count() as usize > LINES {
            if let Some(oldest) = list.last_element_child() {
                oldest.remove();
            }
        }
        Ok(())
    }

    pub(crate) fn clear(&self, page: &Page) {
        self.0.take();
        page.text("log", "");
        page.show("log-empty", true);
    }
}

fn element(page: &Page, line: &Line) -> Result<web_sys::Element, JsValue> {
    let item = page.document.create_element("li")?;
    item.set_attribute("data-direction", line.direction)?;
    item.set_attribute("data-kind", line.kind)?;
    for (tag, class, text) in [
        ("time", "", &*line.time),
        ("span", "direction", line.direction),
        ("span", "kind", line.kind),
        ("span", "size", &line.size),
        ("code", "", &line.text),
    ] {
        let part = page.document.create_element(tag)?;
        part.set_class_name(class);
        part.set_text_content(Some(text));
        item.append_child(&part)?;
    }
    Ok(item)
}

fn shortened(text: &str) -> String {
    match text.char_indices().nth(CHARACTERS) {
        Some((end, _)) => [&text[..end], "…"].concat(),
        None => text.to_owned(),
    }
}

fn hexadecimal(bytes: &[u8]) -> String {
    let shown = bytes.iter().take(BYTES).map(|byte| format!("{byte:02x} "));
    let shown: String = shown.collect();
    let rest = if bytes.len() > BYTES { "…" } else { "" };
    [shown.trim_end(), rest].concat()
}
