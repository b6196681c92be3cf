//! Functions for hosts that keep them for ever.

use std::{
    cell::{Cell, OnceCell},
    fmt,
    rc::Rc,
};

use wasm_bindgen::{JsCast, JsValue, closure::Closure, prelude::wasm_bindgen};

#[wasm_bindgen]
extern "C" {
    type Bindable;

    /// ECMAScript §20.2.3.2: the function with these first arguments.
    #[wasm_bindgen(method, js_name = bind)]
    fn bind(this: &Bindable, this_value: &JsValue, route: u32, what: u32) -> JsValue;
}

type Handler = Rc<dyn Fn(u32, JsValue)>;
type Dispatch = Closure<dyn Fn(u32, u32, JsValue)>;

struct Table {
    /// The handlers there are, by the number of their routes: as few as sockets.
    handlers: Cell<Vec<(u32, Handler)>>,
    /// Numbers are not used again, so that a function of an earlier route finds nobody.
    last: Cell<u32>,
    /// The one closure that every function leads to.
    dispatch: OnceCell<Dispatch>,
}

thread_local! {
    static TABLE: Table = const {
        Table {
            handlers: Cell::new(Vec::new()),
            last: Cell::new(0),
            dispatch: OnceCell::new(),
        }
    };
}

/// A way from the host to one handler, which functions of any number lead along.
///
/// Mini-program hosts keep what is registered with them, and many cannot take it off. So nothing of Rust's is
/// given to them but functions bound to one closure of the module: once the route is dropped they reach
/// nothing, and the host's collector may have them. Nothing is left behind, with or without
/// `FinalizationRegistry`.
pub struct Route {
    number: u32,
}

impl Route {
    /// A route to `handler`, which is called with the function's number and first argument.
    #[must_use]
    pub fn new(handler: impl Fn(u32, JsValue) + 'static) -> Self {
        let handler: Handler = Rc::new(handler);
        let number = with(|table| {
            let number = table.last.get().wrapping_add(1);
            table.last.set(number);
            let mut handlers = table.handlers.take();
            handlers.push((number, handler));
            table.handlers.set(handlers);
            number
        });
        Self { number }
    }

    /// A function that calls the handler with `what` and its own first argument.
    #[must_use]
    pub fn function(&self, what: u32) -> JsValue {
        with(|table| {
            if table.dispatch.get().is_none() {
                let made = Dispatch::wrap_aborting(Box::new(dispatch));
                let _ = table.dispatch.set(made);
            }
            let made: &Bindable = table.dispatch.get()?.as_js_value().unchecked_ref();
            Some(made.bind(&JsValue::UNDEFINED, self.number, what))
        })
        .unwrap_or_default()
    }

    /// From here on its functions reach nothing; what the handler holds is dropped.
    pub fn close(&self) {
        // Dropped at last: the Drop of what it holds may use other routes.
        let _handler = find(self.number, true);
    }
}

impl Drop for Route {
    fn drop(&mut self) {
        self.close();
    }
}

impl fmt::Debug for Route {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Route").field(&self.number).finish()
    }
}

/// `LocalKey::with` would bring its panic along, which nothing here can cause.
fn with<T: Default>(act: impl FnOnce(&Table) -> T) -> T {
    TABLE.try_with(act).unwrap_or_default()
}

/// The handler of a route that is not closed; with `take` it is no longer there.
fn find(number: u32, take: bool) -> Option<Handler> {
    with(|table| {
        let mut handlers = table.handlers.take();
        let at = handlers.iter().position(|(known, _)| *known == number);
        let found = at.map(|at| match take {
            true => handlers.swap_remove(at).1,
            false => Rc::clone(&handlers[at].1),
        });
        table.handlers.set(handlers);
        found
    })
}

fn dispatch(number: u32, what: u32, argument: JsValue) {
    if let Some(handler) = find(number, false) {
        handler(what, argument);
    }
}
