//! All parts of the page together, and what is shown at each tick.

use taro_socket::prelude::*;
use wasm_bindgen::JsValue;

use crate::connection::Connection;
use crate::echo::Echo;
use crate::flood::Flood;
use crate::latency::Latency;
use crate::log::Log;
use crate::page::Page;
use crate::words;

/// What only an open connection can do.
const NEEDS_OPEN: [&str; 9] = [
    "send",
    "send-file",
    "send-large",
    "close",
    "drop",
    "stall",
    "resume",
    "flood",
    "close-4001",
];

/// The parts of the page.
pub(crate) struct App {
    pub(crate) page: Page,
    pub(crate) connection: Connection,
    pub(crate) log: Log,
    pub(crate) latency: Latency,
    pub(crate) echo: Echo,
    pub(crate) flood: Flood,
}

impl App {
    pub(crate) fn new(page: Page) -> Self {
        Self {
            page,
            connection: Connection::default(),
            log: Log::default(),
            latency: Latency::default(),
            echo: Echo::default(),
            flood: Flood::default(),
        }
    }

    /// Nothing that is shown is of an earlier connection any more.
    pub(crate) fn connection_is_new(&self) {
        self.latency.connection_is_new();
        if self.echo.clear() {
            self.page.text("echo", "");
        }
        self.flood.stop();
        self.page.show("end", false);
        self.page.text("protocol", "–");
        self.page.text("fault", "");
    }

    pub(crate) fn show_error(&self, error: &taro_socket::Error) {
        self.show_failure(&error.kind().to_string(), &error.err_msg());
    }

    pub(crate) fn show_failure(&self, kind: &str, message: &str) {
        self.page.text("error-kind", kind);
        self.page.text("error-message", message);
        self.page.show("error", true);
    }

    pub(crate) fn forget_error(&self) {
        self.page.show("error", false);
    }

    /// The state, and which buttons need another one.
    pub(crate) fn show_state(&self) {
        let state = self.connection.state();
        let name = state.to_string();
        self.page.text("state", &name);
        self.page.attribute("state", "data-state", &name);
        let off = if state == ReadyState::Open {
            "false"
        } else {
            "true"
        };
        for id in NEEDS_OPEN {
            self.page.attribute(id, "aria-disabled", off);
        }
    }

    pub(crate) fn tick(&self) -> Result<(), JsValue> {
        self.show_state();
        let connection = &self.connection;
        let buffered = connection.task().map_or(0, |task| task.buffered_amount());
        self.page.text("buffered", &words::bytes(buffered));
        self.page.text("sent", &connection.sent.get().words());
        self.page
            .text("received", &connection.received.get().words());
        self.log.flush(&self.page)?;
        self.latency.show(&self.page)
    }
}
