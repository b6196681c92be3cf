//! The fake host, from Rust.

use std::sync::Arc;

use js_sys::{Array, Function, JSON, Reflect};
use taro_socket_api::{
    CloseEvent, ConnectSocketOption, Limits, SocketConnector, SocketTask, connect_now,
};
use taro_socket_js::Record;
use wasm_bindgen::{JsCast, JsValue, prelude::wasm_bindgen};

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_name = fakeHost)]
    type Host;

    #[wasm_bindgen(static_method_of = Host, js_class = fakeHost)]
    fn install(face: &str);

    #[wasm_bindgen(static_method_of = Host, js_class = fakeHost)]
    fn hide();

    #[wasm_bindgen(static_method_of = Host, js_class = fakeHost)]
    fn show();

    #[wasm_bindgen(static_method_of = Host, js_class = fakeHost, js_name = setTimers)]
    fn set_timers(there: bool);

    #[wasm_bindgen(static_method_of = Host, js_class = fakeHost, getter)]
    fn last() -> Fake;

    #[wasm_bindgen(static_method_of = Host, js_class = fakeHost, getter)]
    fn rejections() -> u32;

    /// One socket of the fake host.
    #[derive(Clone)]
    pub type Fake;

    /// Calls the listener of an event; what it throws, as a text.
    #[wasm_bindgen(method)]
    pub fn tell(this: &Fake, name: &str, event: &JsValue) -> String;

    /// Tells an event in the form of the host's face; what the listener throws, as a text.
    #[wasm_bindgen(method)]
    pub fn say(this: &Fake, name: &str, what: &JsValue) -> String;

    /// As `say`, of the task of this id.
    #[wasm_bindgen(method, js_name = say)]
    pub fn say_as(this: &Fake, name: &str, what: &JsValue, id: &str) -> String;

    /// Calls `success` of the last close.
    #[wasm_bindgen(method, js_name = acceptClose)]
    pub fn accept_close(this: &Fake);

    /// Calls `fail` of the last close.
    #[wasm_bindgen(method, js_name = failClose)]
    pub fn fail_close(this: &Fake, why: &JsValue);

    /// Calls `success` of `connectSocket`.
    #[wasm_bindgen(method, js_name = tellName)]
    pub fn tell_name(this: &Fake);

    /// From here on the method `name` gives a promise that rejects, and calls `fail` before if `also`.
    #[wasm_bindgen(method)]
    pub fn reject(this: &Fake, name: &str, why: &JsValue, also: bool);

    /// What the host was given to connect.
    #[wasm_bindgen(method, getter)]
    pub fn arguments(this: &Fake) -> Array;

    /// The messages that the host was given.
    #[wasm_bindgen(method, getter)]
    pub fn sent(this: &Fake) -> Array;

    #[wasm_bindgen(method, getter)]
    fn closes(this: &Fake) -> Array;

    #[wasm_bindgen(method, getter)]
    fn listeners(this: &Fake) -> js_sys::Map;
}

/// Which host it looks like.
#[derive(Clone, Copy, Debug)]
#[allow(clippy::exhaustive_enums, reason = "those that tests use")]
pub enum Face {
    /// The class `WebSocket`.
    Class,
    /// The object of a vendor: `wx`, `my` or `swan`.
    Vendor(&'static str),
}

/// How `success` of a vendor's `connectSocket` tells the name of the task.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(clippy::exhaustive_enums, reason = "those that tests use")]
pub enum Naming {
    /// It comes with it, within the call.
    Now,
    /// It comes without it.
    Never,
    /// It comes when the test has it.
    Later,
}

/// How it behaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(clippy::exhaustive_enums, reason = "those that tests use")]
pub enum Mode {
    /// As the test has it.
    Plain,
    /// Calls back within the very call.
    Sync,
    /// The same, and then throws.
    Throws,
    /// Calls back twice within the call.
    Twice,
    /// Calls back later.
    Late,
    /// Calls back within the call, and tells what is of another task before.
    OtherId,
    /// Calls back within the call, and gives a promise that rejects.
    Rejects,
}

impl Mode {
    /// All but the first, in which the host answers by itself.
    pub const ANSWERING: [Self; 6] = [
        Self::Sync,
        Self::Throws,
        Self::Twice,
        Self::Late,
        Self::OtherId,
        Self::Rejects,
    ];

    fn name(self) -> &'static str {
        match self {
            Self::Plain => "plain",
            Self::Sync => "sync",
            Self::Throws => "throws",
            Self::Twice => "twice",
            Self::Late => "late",
            Self::OtherId => "other-id",
            Self::Rejects => "rejects",
        }
    }
}

impl Face {
    /// Puts the fake in the host's place, in plain mode.
    pub fn install(self) {
        let global = js_sys::global();
        let known = Reflect::has(&global, &"fakeHost".into());
        if known != Ok(true) {
            let script = Function::new_no_args(include_str!("fake.js"));
            script.call0(&JsValue::NULL).expect("a sound script");
        }
        match self {
            Self::Class => Host::install("class"),
            Self::Vendor(object) => Host::install(object),
        }
    }

    /// Puts something else in the host's place.
    pub fn replace(self, with: &JsValue) {
        let name = match self {
            Self::Class => "WebSocket",
            Self::Vendor(object) => object,
        };
        let set = Reflect::set(&js_sys::global(), &name.into(), with);
        assert_eq!(set, Ok(true));
    }

    /// Sets how the host behaves from here on.
    pub fn behave(self, mode: Mode) {
        set_host("mode", mode.name());
    }

    /// Sets how tasks are named from here on.
    pub fn naming(self, naming: Naming) {
        let name = match naming {
            Naming::Now => "now",
            Naming::Never => "never",
            Naming::Later => "later",
        };
        set_host("naming", name);
    }

    /// What connecting is refused with: thrown, or given to `fail`.
    pub fn refuse(self, refusal: &JsValue) {
        set_host("refusal", refusal);
    }

    /// Whether a refused connection has no task either.
    pub fn give_no_task(self, without: bool) {
        set_host("noTask", without);
    }

    /// Whether adding listeners throws.
    pub fn set_deaf(self, deaf: bool) {
        set_host("deaf", deaf);
    }

    /// The app leaves the screen, or comes back.
    pub fn hide(self, hidden: bool) {
        match hidden {
            true => Host::hide(),
            false => Host::show(),
        }
    }

    /// Whether the host has timers.
    pub fn set_timers(self, there: bool) {
        Host::set_timers(there);
    }

    /// Rejections that nobody has taken on.
    pub fn rejections(self) -> u32 {
        Host::rejections()
    }
}

fn set_host(property: &str, value: impl Into<JsValue>) {
    let host = Reflect::get(&js_sys::global(), &"fakeHost".into()).expect("it is installed");
    let set = Reflect::set(&host, &property.into(), &value.into());
    assert_eq!(set, Ok(true));
}

impl Fake {
    /// The last socket made.
    #[must_use]
    pub fn last() -> Self {
        Host::last()
    }

    /// Sets a property.
    pub fn set(&self, property: &str, value: impl Into<JsValue>) {
        let set = Reflect::set(self.as_ref(), &property.into(), &value.into());
        assert_eq!(set, Ok(true));
    }

    /// It opens.
    pub fn open(&self) {
        self.say("open", &event([]));
    }

    /// A message comes; what the listener throws, as a text.
    pub fn message(&self, data: impl Into<JsValue>) -> String {
        self.say("message", &event([("data", data.into())]))
    }

    /// It closes; where the host tells whether that was clean, it was.
    pub fn close(&self, code: impl Into<JsValue>, reason: impl Into<JsValue>) {
        let properties = [("code", code.into()), ("reason", reason.into())];
        self.say("close", &event(properties));
    }

    /// It ends without the peer's Close frame.
    pub fn cut(&self, code: u16, reason: &str) {
        let properties = [
            ("code", code.into()),
            ("reason", reason.into()),
            ("wasClean", false.into()),
        ];
        self.say("close", &event(properties));
    }

    /// How many listeners it has.
    #[must_use]
    pub fn listener_count(&self) -> u32 {
        self.listeners().size()
    }

    /// What it was asked to close with.
    #[must_use]
    pub fn closes_text(&self) -> String {
        self.closes().join(",").into()
    }

    /// JSON of what the host was given to connect.
    #[must_use]
    pub fn arguments_text(&self) -> String {
        let text = JSON::stringify(&self.arguments()).expect("plain values");
        text.unchecked_into::<js_sys::JsString>().into()
    }
}

/// An object with these properties.
#[must_use]
pub fn event<const N: usize>(properties: [(&str, JsValue); N]) -> JsValue {
    let event = Record::new();
    for (name, value) in properties {
        event.set(name, value);
    }
    event.as_js().clone()
}

/// The same end, of a task that had asked for it.
#[must_use]
pub fn asked(mut event: CloseEvent) -> CloseEvent {
    event.requested = true;
    event
}

/// An open task, and its socket.
pub type Open = (Arc<dyn SocketTask>, Fake);

/// A task that is connecting, and its socket.
pub fn dial(face: Face, connector: &dyn SocketConnector, option: ConnectSocketOption) -> Open {
    face.install();
    let task = connect_now(connector, option).expect("the fake is made");
    (task, Fake::last())
}

/// An open task of a plain host, and its socket.
pub fn open(face: Face, connector: &dyn SocketConnector, limits: Limits) -> Open {
    let option = ConnectSocketOption::new("wss://fake.test/").limits(limits);
    let (task, fake) = dial(face, connector, option);
    fake.open();
    (task, fake)
}
