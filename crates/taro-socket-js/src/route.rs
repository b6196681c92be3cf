//! Functions for hosts that keep them for ever.

use std::{
    cell::{Cell, RefCell},
    fmt,
    rc::Rc,
};

use js_sys::Function;
use wasm_bindgen::{JsCast, JsValue, closure::Closure, prelude::wasm_bindgen};

#[wasm_bindgen]
extern "C" {
    type Bindable;

    /// ECMAScript §20.2.3.2: the function with these first arguments.
    #[wasm_bindgen(method, js_name = bind)]
    fn bind(this: &Bindable, this_value: &JsValue, place: u32, round: u32, what: u32) -> Function;
}

type Handler = Rc<dyn Fn(u32, JsValue)>;

/// One place of the table. `round` counts who had it, so that a function of an earlier one finds nobody.
#[derive(Default)]
struct Place {
    round: u32,
    handler: Option<Handler>,
}

thread_local! {
    static PLACES: RefCell<Vec<Place>> = const { RefCell::new(Vec::new()) };
    static FREE: Cell<Vec<u32>> = const { Cell::new(Vec::new()) };
    /// The one closure that every function leads to.
    static DISPATCH: Closure<dyn Fn(u32, u32, u32, JsValue)> =
        Closure::wrap_aborting(Box::new(dispatch));
}

/// A way from the host to one handler, which functions of any number lead along.
///
/// Mini-program hosts keep what is registered with them, and many cannot take it off. So nothing of Rust's is
/// given to them but functions bound to one closure of the module: once the route is dropped they reach
/// nothing, and the host's collector may have them. Nothing is left behind, with or without
/// `FinalizationRegistry`.
pub struct Route {
    place: u32,
    round: u32,
}

impl Route {
    /// A route to `handler`, which is called with the function's number and first argument.
    #[must_use]
    pub fn new(handler: impl Fn(u32, JsValue) + 'static) -> Self {
        let mut free = FREE.take();
        let known = free.pop();
        FREE.set(free);
        PLACES.with_borrow_mut(|places| {
            let place = known.unwrap_or_else(|| {
                places.push(Place::default());
                places.len() as u32 - 1
            });
            let mut round = 0;
            if let Some(entry) = places.get_mut(place as usize) {
                entry.round = entry.round.wrapping_add(1);
                entry.handler = Some(Rc::new(handler));
                round = entry.round;
            }
            Self { place, round }
        })
    }

    /// A function that calls the handler with `what` and its own first argument.
    #[must_use]
    pub fn function(&self, what: u32) -> Function {
        DISPATCH.with(|dispatch| {
            let dispatch: &Bindable = dispatch.as_js_value().unchecked_ref();
            dispatch.bind(&JsValue::UNDEFINED, self.place, self.round, what)
        })
    }
}

impl Drop for Route {
    fn drop(&mut self) {
        let handler = PLACES.try_with(|places| {
            let mut places = places.borrow_mut();
            places.get_mut(self.place as usize)?.handler.take()
        });
        let mut free = FREE.take();
        free.push(self.place);
        FREE.set(free);
        // Its captures are dropped outside the borrow: their Drop may use other routes.
        drop(handler);
    }
}

impl fmt::Debug for Route {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Route").field(&self.place).finish()
    }
}

fn dispatch(place: u32, round: u32, what: u32, argument: JsValue) {
    let handler = PLACES.with_borrow(|places| {
        let entry = places.get(place as usize)?;
        entry.handler.clone().filter(|_| entry.round == round)
    });
    if let Some(handler) = handler {
        handler(what, argument);
    }
}
