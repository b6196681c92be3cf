//! One of Taro's tasks.

use std::{
    cell::{Cell, RefCell},
    fmt,
    rc::Rc,
    sync::Arc,
};

use js_sys::Uint8Array;
use taro_socket_api::{
    Acceptance, CloseCause, CloseEvent, CloseFrame, Completion, Emitter, Error, ErrorKind, Header,
    Limits, Message, OpenEvent, ReadyState, SocketTask, TaskCore,
};
use taro_socket_js::TextReader;
use wasm_bindgen::{JsCast, JsValue};

use crate::bindings::{Task, err_msg, handler, object, property};

/// What Taro's callbacks report to.
struct Shared {
    task: Task,
    emitter: Emitter,
    text: TextReader,
    close_asked: Cell<bool>,
}

pub(crate) struct TaroTask {
    core: TaskCore,
    shared: Rc<Shared>,
}

thread_local! {
    static TASKS: RefCell<Vec<(u32, Task)>> = const { RefCell::new(Vec::new()) };
}

/// Taro's `SocketTask.ws` of a task.
#[must_use]
pub fn ws(task: &dyn SocketTask) -> Option<JsValue> {
    let id = task.socket_task_id().get();
    TASKS.with_borrow(|tasks| {
        let (_, task) = tasks.iter().find(|(known, _)| *known == id)?;
        Some(task.ws())
    })
}

impl TaroTask {
    #[expect(
        clippy::arc_with_non_send_sync,
        reason = "the trait says Arc for all platforms; here everything is of one thread"
    )]
    pub(crate) fn start(task: Task, limits: Limits) -> Arc<dyn SocketTask> {
        let (core, emitter) = TaskCore::new(limits, Acceptance::Reported);
        let id = emitter.socket_task_id().get();
        TASKS.with_borrow_mut(|tasks| tasks.push((id, task.clone())));
        let shared = Rc::new(Shared {
            task,
            emitter,
            text: TextReader::new(),
            close_asked: Cell::new(false),
        });
        listen(&shared);
        Arc::new(Self { core, shared })
    }
}

fn listen(shared: &Rc<Shared>) {
    let on = |report: fn(&Shared, &JsValue)| {
        let shared = Rc::clone(shared);
        handler(move |event| {
            shared.emitter.recover();
            report(&shared, &event);
        })
    };
    shared.task.on_open(&on(Shared::opened));
    shared.task.on_message(&on(Shared::message));
    shared.task.on_error(&on(Shared::failed));
    shared.task.on_close(&on(Shared::closed));
}

impl Shared {
    /// Taro documents `header`; what it has not, is not reported.
    fn opened(&self, event: &JsValue) {
        let mut header = Header::new();
        let told = property(event, "header");
        if told.is_object() {
            for name in js_sys::Object::keys(told.unchecked_ref::<js_sys::Object>()) {
                let name = name.as_string().unwrap_or_default();
                let value = property(&told, &name).as_string().unwrap_or_default();
                header.append(name, value);
            }
        }
        let protocol = property(&self.task.ws(), "protocol").as_string();
        let protocol = protocol.filter(|name| !name.is_empty());
        self.emitter.opened(OpenEvent::new(header, protocol));
    }

    /// Taro documents a string or an `ArrayBuffer`.
    fn message(&self, event: &JsValue) {
        let data = property(event, "data");
        match taro_socket_js::read(&data, &self.text, usize::MAX) {
            Ok(message) => drop(self.emitter.message(message)),
            Err(_) => {
                let text =
                    "the message is neither a string nor an ArrayBuffer, as Taro documents it";
                self.emitter.failed(Error::new(ErrorKind::Unknown, text));
            }
        }
    }

    fn failed(&self, event: &JsValue) {
        let kind = match self.emitter.ready_state() {
            ReadyState::Connecting => ErrorKind::Unknown,
            _ => ErrorKind::Transport,
        };
        let text = property(event, "errMsg").as_string().unwrap_or_default();
        self.emitter.failed(Error::new(kind, text));
    }

    fn closed(&self, event: &JsValue) {
        let code = property(event, "code").as_f64().unwrap_or(1006.0) as u16;
        let reason = property(event, "reason").as_string().unwrap_or_default();
        let asked = self.close_asked.get();
        let cause = match (asked, code) {
            (true, _) => CloseCause::Local,
            (false, 1006) => CloseCause::Transport,
            (false, _) => CloseCause::Remote,
        };
        let mut close = CloseEvent::clean(Some(code), reason, cause);
        close.was_clean = code != 1006;
        self.emitter.closed(close);
    }
}

impl SocketTask for TaroTask {
    fn core(&self) -> &TaskCore {
        &self.core
    }

    fn start_send(&self, message: Message, done: Completion) {
        let bytes = message.len() as u64;
        let data = match &message {
            Message::Text(text) => JsValue::from_str(text),
            Message::Binary(bytes) => Uint8Array::from(bytes.as_ref()).buffer().into(),
        };
        let sent = self.shared.task.send(&object(&[("data", data)]));
        self.shared.emitter.sent(bytes, 1);
        match sent {
            Ok(_) => done.succeed(),
            Err(thrown) => done.fail(Error::new(ErrorKind::Unknown, err_msg(&thrown))),
        }
    }

    fn start_close(&self, frame: CloseFrame, done: Completion) {
        self.shared.close_asked.set(true);
        let option = object(&[
            ("code", frame.code().into()),
            ("reason", JsValue::from_str(frame.reason())),
        ]);
        match self.shared.task.close(&option) {
            Ok(_) => done.succeed(),
            Err(thrown) => done.fail(Error::new(ErrorKind::Unknown, err_msg(&thrown))),
        }
    }
}

/// Taro has no such thing: dropping its task leaves the connection open.
impl fmt::Debug for TaroTask {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TaroTask")
    }
}
