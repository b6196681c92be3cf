//! The border to JavaScript, in a real host: `cargo xtask web-test taro-socket-js`.
#![cfg(all(target_family = "wasm", target_os = "unknown"))]

use std::{
    cell::{Cell, RefCell},
    rc::Rc,
    time::Duration,
};

use js_sys::{Array, ArrayBuffer, Function, JsString, Object, Promise, Reflect, Uint8Array};
use taro_socket_api::{ErrorKind, Message};
use taro_socket_js::{
    Host, Listener, Record, Route, TextReader, Timer, Unread, call, describe, number_of, property,
    read, text_of, thrown,
};
use wasm_bindgen::{JsCast, JsValue, prelude::wasm_bindgen};
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen]
extern "C" {
    type EventTarget;

    #[wasm_bindgen(constructor)]
    fn new() -> EventTarget;

    #[wasm_bindgen(method, js_name = dispatchEvent)]
    fn dispatch(this: &EventTarget, event: &Event);

    type Event;

    #[wasm_bindgen(constructor)]
    fn new(name: &str) -> Event;

    type Blob;

    #[wasm_bindgen(constructor)]
    fn new(parts: &Array) -> Blob;
}

fn message(data: &JsValue) -> Result<Message, Unread> {
    read(data, &TextReader::new(), 1 << 20)
}

fn object(properties: &[(&str, JsValue)]) -> JsValue {
    let object = Object::new();
    for (name, value) in properties {
        Reflect::set(&object, &JsValue::from_str(name), value).expect("a plain object");
    }
    object.into()
}

async fn sleep(millis: i32) {
    let waited = Promise::new(&mut |resolve, _| {
        let timer = Timer::start(Duration::from_millis(millis as u64), move || {
            resolve
                .call0(&JsValue::NULL)
                .expect("resolve does not throw");
        });
        std::mem::forget(timer.expect("the host has timers"));
    });
    JsFuture::from(waited).await.expect("it resolves");
}

#[wasm_bindgen_test]
fn text_of_every_length_and_kind_is_whole() {
    for unit in ["a", "é", "汉", "🦀", "aé汉🦀"] {
        for count in [0, 1, 31, 32, 63, 64, 126, 127, 128, 129, 1000, 70_000] {
            let text = unit.repeat(count);
            assert_eq!(
                message(&JsValue::from_str(&text)),
                Ok(Message::from(&*text)),
                "{count} of {unit}"
            );
        }
    }
    let late = "a".repeat(5000) + "汉" + &"b".repeat(100);
    assert_eq!(
        message(&JsValue::from_str(&late)),
        Ok(Message::from(&*late))
    );
}

#[wasm_bindgen_test]
fn a_lone_surrogate_becomes_the_replacement_character() {
    for before in ["", &"a".repeat(300)] {
        let lone = JsString::from_char_code1(0xd800);
        let text = JsString::from(before).concat(&lone.into());
        assert_eq!(
            message(&text),
            Ok(Message::from(format!("{before}\u{fffd}")))
        );
    }
}

#[wasm_bindgen_test]
fn buffers_are_copied_and_all_else_is_strange() {
    let bytes = Uint8Array::from(&[1u8, 0, 255][..]);
    assert_eq!(message(&bytes.buffer()), Ok(Message::from(&[1, 0, 255])));
    assert_eq!(message(&ArrayBuffer::new(0)), Ok(Message::from(&[])));
    let strange = [
        JsValue::NULL,
        JsValue::UNDEFINED,
        JsValue::from_f64(7.0),
        JsValue::TRUE,
        object(&[]),
        object(&[("byteLength", 5.into())]),
        object(&[("length", 3.into())]),
        object(&[("length", 300.into())]),
        Blob::new(&Array::of1(&"abc".into())).into(),
        js_sys::DataView::new(&bytes.buffer(), 0, 3).into(),
        js_sys::Uint16Array::new_with_length(2).into(),
        Array::of1(&1.into()).into(),
    ];
    for value in strange {
        assert_eq!(message(&value), Err(Unread::Strange), "{value:?}");
    }
}

#[wasm_bindgen_test]
fn what_throws_when_it_is_looked_at_is_strange() {
    let odd = [
        "(() => { const own = new ArrayBuffer(4); structuredClone(own, { transfer: [own] }); return own; })()",
        "({ byteLength: 1n })",
        "({ byteLength: Symbol('x') })",
        "({ byteLength: '4' })",
        "({ byteLength: -1 })",
        "({ byteLength: 0.5 })",
        "({ byteLength: NaN })",
        "({ byteLength: { valueOf() { throw 1; } } })",
        "({ get byteLength() { throw 1; } })",
        "({ length: 1n })",
        "({ get length() { throw 1; } })",
        "({ length: { valueOf() { throw 1; } } })",
        "({ byteLength: 4, length: 1e12 })",
        "({ byteLength: 4, length: 1n })",
        "({ byteLength: 4, get length() { throw 1; } })",
        "new Proxy({}, { get() { throw 1; } })",
        "new Proxy(new ArrayBuffer(4), {})",
        "new String('abc')",
        "Symbol('x')",
        "5n",
        "() => 1",
    ];
    for text in odd {
        let make = Function::new_no_args(&format!("return {text};"));
        let value = make.call0(&JsValue::NULL).expect(text);
        assert_eq!(message(&value), Err(Unread::Strange), "{text}");
    }
}

#[wasm_bindgen_test]
fn a_buffer_of_another_realm_is_a_buffer() {
    let document =
        Reflect::get(&js_sys::global(), &"document".into()).expect("no getter that throws");
    if document.is_undefined() {
        return; // a worker has no second realm
    }
    let make = Function::new_no_args(
        "const frame = document.createElement('iframe'); document.body.append(frame); \
         const buffer = new frame.contentWindow.Uint8Array([1, 2, 3]).buffer; \
         return buffer;",
    );
    let buffer = make.call0(&JsValue::NULL).expect("a frame");
    assert!(!buffer.is_instance_of::<ArrayBuffer>(), "of another realm");
    assert_eq!(message(&buffer), Ok(Message::from(&[1, 2, 3])));
}

#[wasm_bindgen_test]
fn lengths_are_bounded_inclusively_in_bytes() {
    let within = |data: &JsValue, max| read(data, &TextReader::new(), max);
    let five = Uint8Array::new_with_length(5).buffer();
    assert!(within(&five, 5).is_ok());
    assert_eq!(within(&five, 4), Err(Unread::TooLong));
    let text = JsValue::from_str("é汉"); // 5 bytes in 2 units
    assert!(within(&text, 5).is_ok());
    assert_eq!(within(&text, 4), Err(Unread::TooLong));
    assert_eq!(within(&text, 1), Err(Unread::TooLong));
}

#[wasm_bindgen_test]
fn a_dropped_listener_hears_nothing() {
    let target = EventTarget::new();
    let heard = Rc::new(Cell::new(0));
    let count = Rc::clone(&heard);
    let listener = Listener::add(target.as_ref(), "ping", move |_| count.set(count.get() + 1));
    target.dispatch(&Event::new("ping"));
    drop(listener.expect("it listens"));
    target.dispatch(&Event::new("ping"));
    assert_eq!(heard.get(), 1);
    assert_eq!(Rc::strong_count(&heard), 1, "the handler is gone");
}

#[wasm_bindgen_test]
fn a_listener_may_be_dropped_by_its_own_handler() {
    let target = EventTarget::new();
    let own: Rc<RefCell<Option<Listener>>> = Rc::default();
    let (slot, heard) = (Rc::clone(&own), Rc::new(Cell::new(0)));
    let count = Rc::clone(&heard);
    let listener = Listener::add(target.as_ref(), "ping", move |_| {
        drop(slot.take());
        count.set(count.get() + 1);
    });
    own.replace(Some(listener.expect("it listens")));
    target.dispatch(&Event::new("ping"));
    target.dispatch(&Event::new("ping"));
    assert_eq!((heard.get(), Rc::strong_count(&heard)), (1, 1));
}

#[wasm_bindgen_test]
fn what_has_no_listeners_is_an_error() {
    let refused = Listener::add(&object(&[]), "ping", |_| {}).expect_err("no addEventListener");
    assert_eq!(
        thrown("listen", &refused).kind(),
        ErrorKind::HostUnavailable
    );
}

#[wasm_bindgen_test]
async fn a_timer_fires_once_unless_it_is_dropped() {
    let fired = Rc::new(Cell::new(0));
    let (one, two) = (Rc::clone(&fired), Rc::clone(&fired));
    let kept = Timer::start(Duration::from_micros(1), move || one.set(one.get() + 1));
    let dropped = Timer::start(Duration::from_millis(1), move || two.set(two.get() + 10));
    drop(dropped.expect("a timer"));
    sleep(50).await;
    assert_eq!(fired.get(), 1);
    drop(kept);
    assert_eq!(Rc::strong_count(&fired), 1);
}

#[wasm_bindgen_test]
async fn a_delay_beyond_what_the_host_counts_does_not_fire_at_once() {
    let fired = Rc::new(Cell::new(false));
    let flag = Rc::clone(&fired);
    let timer = Timer::start(Duration::MAX, move || flag.set(true));
    sleep(50).await;
    assert!(!fired.get());
    drop(timer);
}

#[wasm_bindgen_test]
fn whatever_is_thrown_has_a_text() {
    let hostile = Function::new_no_args("return { toString() { throw 1; } }");
    let hostile = hostile.call0(&JsValue::NULL).expect("an object");
    let bare = Object::create(JsValue::NULL.unchecked_ref::<Object>());
    for (value, text) in [
        (js_sys::TypeError::new("no").into(), "TypeError: no"),
        ("plain".into(), "plain"),
        (JsValue::UNDEFINED, "undefined"),
        (JsValue::symbol(Some("s")), "Symbol(s)"),
        (
            JsValue::from_str(""),
            "the host threw a value without a text",
        ),
        (hostile, "the host threw a value without a text"),
        (bare.into(), "the host threw a value without a text"),
    ] {
        assert_eq!(describe(&value), text);
    }
}

#[wasm_bindgen_test]
fn the_host_is_a_browser_until_it_looks_like_another() {
    assert!(Host::H5.exists());
    for other in [Host::Weapp, Host::Alipay, Host::Swan, Host::Rn] {
        assert!(!other.exists(), "{other:?}");
    }
    let connect = Function::new_no_args("");
    let wx = object(&[("connectSocket", connect.into())]);
    Reflect::set(&js_sys::global(), &"wx".into(), &wx).expect("a global");
    assert!(Host::Weapp.exists());
    Reflect::delete_property(js_sys::global().unchecked_ref::<Object>(), &"wx".into())
        .expect("a global");
    assert!(!Host::Weapp.exists());
}

#[wasm_bindgen_test]
fn functions_of_a_route_reach_its_handler_until_it_is_dropped() {
    let told = Rc::new(RefCell::new(Vec::new()));
    let pen = Rc::clone(&told);
    let route = Route::new(move |what, value| pen.borrow_mut().push((what, value.as_f64())));
    let (one, two) = (route.function(1), route.function(2));
    let tell = |function: &JsValue, value: f64| {
        let called = function
            .unchecked_ref::<Function>()
            .call1(&JsValue::NULL, &value.into());
        assert!(called.expect("it does not throw").is_undefined());
    };
    tell(&one, 10.0);
    tell(&two, 20.0);
    drop(route);
    tell(&one, 30.0);
    // The place is used again; functions of the one before do not reach the new one.
    let pen = Rc::clone(&told);
    let next = Route::new(move |what, _| pen.borrow_mut().push((what, None)));
    tell(&one, 40.0);
    tell(&next.function(3), 50.0);
    assert_eq!(
        *told.borrow(),
        [(1, Some(10.0)), (2, Some(20.0)), (3, None)]
    );
    drop(next);
    assert_eq!(Rc::strong_count(&told), 1, "captures are dropped");
}

#[wasm_bindgen_test]
fn a_route_may_be_dropped_by_its_own_handler() {
    let slot = Rc::new(Cell::new(None::<Route>));
    let own = Rc::clone(&slot);
    let route = Route::new(move |_, _| drop(own.take()));
    let function: Function = route.function(0).unchecked_into();
    slot.set(Some(route));
    for _ in 0..2 {
        function.call0(&JsValue::NULL).expect("it does not throw");
    }
    assert_eq!(Rc::strong_count(&slot), 1);
}

#[wasm_bindgen_test]
fn properties_of_odd_values_are_missing() {
    let record = Record::new();
    record.set("text", "汉");
    record.set("number", 7);
    record.set("digits", " 12 ");
    record.set("half", 0.5);
    record.set("nothing", JsValue::NULL);
    let value = record.as_js();
    assert_eq!(text_of(value, "text").as_deref(), Some("汉"));
    assert_eq!(text_of(value, "number"), None);
    assert_eq!(number_of(value, "number"), Some(7));
    assert_eq!(number_of(value, "digits"), Some(12));
    for name in ["half", "text", "nothing", "missing"] {
        assert_eq!(number_of(value, name), None, "{name}");
    }
    for odd in [JsValue::NULL, JsValue::UNDEFINED, 7.into(), "text".into()] {
        assert_eq!(property(&odd, "length"), None, "{odd:?}");
        let text = describe(&call(&odd, "close", &odd).expect_err("no such function"));
        assert!(text.contains("no function close"), "{text}");
    }
}

/// Chromium before 74 and Safari before 14.1 have encoders that only `encode`.
#[wasm_bindgen_test]
fn an_encoder_without_encode_into_is_left_alone() {
    let take = "const own = TextEncoder.prototype; const kept = own.encodeInto; delete own.encodeInto; return kept";
    let kept = Function::new_no_args(take).call0(&JsValue::NULL);
    let kept = kept.expect("a sound script");
    let text = "x".repeat(300);
    let told = read(&JsValue::from_str(&text), &TextReader::new(), 1 << 20);
    let give = Function::new_with_args("kept", "TextEncoder.prototype.encodeInto = kept");
    give.call1(&JsValue::NULL, &kept).expect("a sound script");
    assert_eq!(told, Ok(Message::from(text)));
}
