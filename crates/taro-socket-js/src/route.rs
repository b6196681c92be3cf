//! Functions for hosts that keep them for ever.

use std::{cell::Cell, fmt, rc::Rc};

use js_sys::Function;
use wasm_bindgen::{JsCast, JsValue, closure::Closure, prelude::wasm_bindgen};

#[wasm_bindgen]
extern "C" {
    type Bindable;

    /// ECMAScript §20.2.3.2: the function with these first arguments.
    #[wasm_bindgen(method, js_name = bind)]
    fn bind(this: &Bindable, this_value: &JsValue, route: u32, what: u32) -> Function;
}

type Handler = Rc<dyn Fn(u32, JsValue)>;

thread_local! {
    /// The handlers there are, by the number of their routes: as few as sockets.
    static HANDLERS: Cell<Vec<(u32, Handler)>> = const { Cell::new(Vec::new()) };
    /// Numbers are not used again, so that a function of an earlier route finds nobody.
    static LAST: Cell<u32> = const { Cell::new(0) };
    /// The one closure that every function leads to. It is never dropped.
    static DISPATCH: Bindable = Closure::<dyn Fn(u32, u32, JsValue)>::wrap_aborting(Box::new(dispatch))
        .into_js_value()
        .unchecked_into();
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
        let number = LAST.get().wrapping_add(1);
        LAST.set(number);
        let mut handlers = HANDLERS.take();
        handlers.push((number, Rc::new(handler)));
        HANDLERS.set(handlers);
        Self { number }
    }

    /// A function that calls the handler with `what` and its own first argument.
    #[must_use]
    pub fn function(&self, what: u32) -> Function {
        DISPATCH.with(|dispatch| dispatch.bind(&JsValue::UNDEFINED, self.number, what))
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

/// The handler of a route that is not closed; with `take` it is no longer there.
fn find(number: u32, take: bool) -> Option<Handler> {
    let mut handlers = HANDLERS.take();
    let at = handlers.iter().position(|(known, _)| *known == number);
    let found = at.map(|at| match take {
        true => handlers.swap_remove(at).1,
        false => Rc::clone(&handlers[at].1),
    });
    HANDLERS.set(handlers);
    found
}

fn dispatch(number: u32, what: u32, argument: JsValue) {
    if let Some(handler) = find(number, false) {
        handler(what, argument);
    }
}
