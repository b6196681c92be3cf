//! The app around the mock's connections: it leaves the screen, and its host ends what it has open.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};

use taro_socket_api::{Error, ErrorKind};

use crate::link::Link;

/// The app whose connections these are, as a mini-program is. A clone is the same app.
///
/// While it is hidden nothing leaves it: messages and Close frames wait until it is shown. What peers send
/// arrives all the same.
///
/// ```
/// use taro_socket_api::{CloseCause, ConnectSocketOption, connect_with};
/// use taro_socket_mock::MockConnector;
///
/// let mock = MockConnector::new();
/// mock.script(|script| script.open());
/// let close = mock.clock().block_on(async {
///     let task = connect_with(&mock, ConnectSocketOption::new("ws://mock.test")).await?;
///     task.opened().await?;
///     mock.app().hide();
///     mock.app().end_connections();
///     Ok::<_, taro_socket_api::Error>(task.closed().await)
/// });
/// assert_eq!(close??.cause, CloseCause::Background);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct MockApp(Arc<Mutex<State>>);

#[derive(Debug, Default)]
struct State {
    hidden: bool,
    links: Vec<Weak<Link>>,
}

impl MockApp {
    /// The app leaves the screen.
    pub fn hide(&self) {
        self.set_hidden(true);
    }

    /// The app is back on the screen: what has waited leaves.
    pub fn show(&self) {
        self.set_hidden(false);
    }

    /// Whether the app is off the screen.
    #[must_use]
    pub fn is_hidden(&self) -> bool {
        self.state().hidden
    }

    /// The host ends every connection, those on their way too, as it does when an app is hidden for long: each
    /// with an error `Aborted` and the close 1006 of cause `Background`.
    pub fn end_connections(&self) {
        for link in self.links() {
            link.end_from_host();
        }
    }

    /// A connection of this app.
    pub(crate) fn add(&self, link: &Arc<Link>) {
        let mut state = self.state();
        state.links.retain(|link| link.strong_count() > 0);
        state.links.push(Arc::downgrade(link));
        let hidden = state.hidden;
        drop(state);
        link.set_hidden(hidden);
    }

    fn set_hidden(&self, hidden: bool) {
        self.state().hidden = hidden;
        for link in self.links() {
            link.set_hidden(hidden);
        }
    }

    fn links(&self) -> Vec<Arc<Link>> {
        let state = self.state();
        state.links.iter().filter_map(Weak::upgrade).collect()
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What the host says of it.
pub(crate) fn ended() -> Error {
    let text = "the host ended the connection: the app was in the background";
    Error::new(ErrorKind::Aborted, text)
}
