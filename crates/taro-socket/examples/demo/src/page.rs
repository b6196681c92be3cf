//! The page's elements, by their ids.

use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Document, Element, File, HtmlElement, HtmlInputElement, Window};

/// The page. A write to an element that is not there has no effect; listening to one is an error.
pub(crate) struct Page {
    pub(crate) window: Window,
    pub(crate) document: Document,
}

impl Page {
    pub(crate) fn new() -> Result<Self, JsValue> {
        let window = web_sys::window().ok_or("there is no window")?;
        let document = window.document().ok_or("there is no document")?;
        Ok(Self { window, document })
    }

    pub(crate) fn element(&self, id: &str) -> Result<Element, JsValue> {
        let missing = || JsValue::from(["the page has no #", id].concat());
        self.document.get_element_by_id(id).ok_or_else(missing)
    }

    fn with<T: JsCast>(&self, id: &str, act: impl FnOnce(T)) {
        if let Ok(Ok(element)) = self.element(id).map(JsCast::dyn_into) {
            act(element);
        }
    }

    /// Sets the text, unless it is there already: a reader's attention is called to changes only.
    pub(crate) fn text(&self, id: &str, text: &str) {
        self.with(id, |element: Element| {
            if element.text_content().as_deref() != Some(text) {
                element.set_text_content(Some(text));
            }
        });
    }

    pub(crate) fn show(&self, id: &str, shown: bool) {
        self.with(id, |element: HtmlElement| element.set_hidden(!shown));
    }

    pub(crate) fn attribute(&self, id: &str, name: &str, value: &str) {
        self.with(id, |element: Element| {
            if element.get_attribute(name).as_deref() != Some(value) {
                // It throws for malformed names only.
                let _ = element.set_attribute(name, value);
            }
        });
    }

    /// What is in a field, without white space around it.
    pub(crate) fn value(&self, id: &str) -> String {
        self.raw_value(id).trim().to_owned()
    }

    /// What is in a field, as it is.
    pub(crate) fn raw_value(&self, id: &str) -> String {
        let mut value = String::new();
        self.with(id, |input: HtmlInputElement| value = input.value());
        value
    }

    pub(crate) fn set_value(&self, id: &str, value: &str) {
        self.with(id, |input: HtmlInputElement| input.set_value(value));
    }

    pub(crate) fn checked(&self, id: &str) -> bool {
        let mut checked = false;
        self.with(id, |input: HtmlInputElement| checked = input.checked());
        checked
    }

    /// The file that was chosen.
    pub(crate) fn file(&self, id: &str) -> Option<File> {
        let mut file = None;
        self.with(id, |input: HtmlInputElement| {
            file = input.files().and_then(|files| files.get(0));
        });
        file
    }

    /// Milliseconds since the page was loaded.
    pub(crate) fn now(&self) -> f64 {
        self.window.performance().map_or(0.0, |clock| clock.now())
    }
}
