//! The way from the host to a connection.

use std::{
    cell::{Cell, OnceCell},
    fmt,
    rc::Rc,
    time::Duration,
};

use taro_socket_api::Error;
use wasm_bindgen::JsValue;

use super::{Connection, Host, call_host, what};
use crate::{Alarm, Listener, Route, Timer, thrown};

/// The way from the host to one connection. It holds the connection until it is closed; from then on nothing of the
/// host's leads there.
pub trait Line: Default + 'static {
    /// Calls the connection once, after a while; not if dropped before.
    type Timer: 'static;

    /// Leads to `connection` from here on.
    fn open<H: Host<Line = Self>>(connection: &Rc<Connection<H>>);

    /// Calls the connection with the number `what` after `delay`; `None` where the host has no timers.
    fn timer<H: Host<Line = Self>>(
        connection: &Rc<Connection<H>>,
        delay: Duration,
        what: u32,
    ) -> Option<Self::Timer>;

    /// Ends it.
    fn close(&self);
}

/// A line for hosts that keep for ever what is registered with them: of functions of one [`Route`].
#[derive(Debug, Default)]
pub struct Functions(OnceCell<Route>);

impl Functions {
    /// The function that calls the connection with the number `what` and its own first argument.
    pub fn function(&self, what: u32) -> JsValue {
        let route = self.0.get();
        route.map_or(JsValue::UNDEFINED, |route| route.function(what))
    }
}

impl Line for Functions {
    type Timer = Alarm;

    fn open<H: Host<Line = Self>>(connection: &Rc<Connection<H>>) {
        let own = Rc::clone(connection);
        let route = Route::new(move |what, value| own.heard(what, value));
        let _ = connection.line().0.set(route);
    }

    fn timer<H: Host<Line = Self>>(
        connection: &Rc<Connection<H>>,
        delay: Duration,
        what: u32,
    ) -> Option<Alarm> {
        Alarm::start(delay, &connection.line().function(what)).ok()
    }

    fn close(&self) {
        if let Some(route) = self.0.get() {
            route.close();
        }
    }
}

/// A line for hosts whose objects have listeners that can be taken off.
#[derive(Default)]
pub struct Listeners(Cell<Vec<Listener>>);

impl Listeners {
    /// Listens to the four events of a class `WebSocket`, which may tell them within that.
    ///
    /// # Errors
    ///
    /// What the host throws.
    pub fn listen<H: Host<Line = Self>>(
        connection: &Rc<Connection<H>>,
        socket: &JsValue,
    ) -> Result<(), Error> {
        call_host(|| Self::add(connection, socket))
            .map_err(|value| thrown("listening to a WebSocket", &value))
    }

    fn add<H: Host<Line = Self>>(
        connection: &Rc<Connection<H>>,
        socket: &JsValue,
    ) -> Result<(), JsValue> {
        let names = ["open", "message", "error", "close"];
        let mut listeners = Vec::new();
        for (name, what) in names.into_iter().zip(what::OPENED..) {
            listeners.push(Listener::add(socket, name, connection.act(what))?);
        }
        connection.line().0.set(listeners);
        Ok(())
    }
}

impl Line for Listeners {
    type Timer = Timer;

    fn open<H: Host<Line = Self>>(_connection: &Rc<Connection<H>>) {}

    fn timer<H: Host<Line = Self>>(
        connection: &Rc<Connection<H>>,
        delay: Duration,
        what: u32,
    ) -> Option<Timer> {
        Timer::calling(delay, connection.act(what)).ok()
    }

    fn close(&self) {
        self.0.take();
    }
}

impl fmt::Debug for Listeners {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Listeners")
    }
}
