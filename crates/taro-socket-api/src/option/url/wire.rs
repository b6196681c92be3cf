//! A URL on its way to the form that goes on the wire.

use super::flaw::Flaw;

/// What is written of a URL; where that ends early, why.
#[derive(Default)]
pub(super) struct Wire {
    pub(super) text: String,
    pub(super) flaw: Flaw,
}

impl Wire {
    /// Writes no more: the URL, or its host, is wrong as a whole.
    pub(super) fn refuse<T>(&mut self, what: &'static str) -> Option<T> {
        self.note(None, what);
        None
    }

    /// Writes no more: the character at byte `at` is wrong.
    pub(super) fn refuse_at<T>(&mut self, at: usize, what: &'static str) -> Option<T> {
        self.note(Some(at), what);
        None
    }

    #[inline(never)]
    fn note(&mut self, place: Option<usize>, what: &'static str) {
        self.flaw = Flaw { place, what };
    }
}
