//! The app around the connector, where a host has one.

use std::fmt;

use taro_socket_api::{MaybeSend, MaybeSync};

use crate::Failure;

/// An app that leaves the screen and comes back, as a mini-program does.
pub trait App: fmt::Debug + MaybeSend + MaybeSync {
    /// The app leaves the screen.
    ///
    /// # Errors
    ///
    /// When the host cannot do it.
    fn hide(&self) -> Result<(), Failure>;

    /// The host ends the sockets of the hidden app.
    ///
    /// # Errors
    ///
    /// When the host cannot do it.
    fn end_sockets(&self) -> Result<(), Failure>;

    /// The app is back on the screen.
    ///
    /// # Errors
    ///
    /// When the host cannot do it.
    fn show(&self) -> Result<(), Failure>;
}

/// The app is off the screen until this is dropped, so that no case leaves it there.
#[derive(Debug)]
pub(crate) struct Hidden<'a>(&'a dyn App);

impl<'a> Hidden<'a> {
    pub(crate) fn new(app: &'a dyn App) -> Result<Self, Failure> {
        app.hide()?;
        Ok(Self(app))
    }

    /// The host ends the sockets.
    pub(crate) fn end_sockets(&self) -> Result<(), Failure> {
        self.0.end_sockets()
    }
}

impl Drop for Hidden<'_> {
    fn drop(&mut self) {
        let _ = self.0.show();
    }
}

/// What a host has besides the connector under test.
#[derive(Clone, Copy, Debug, Default)]
#[allow(clippy::exhaustive_structs, reason = "hosts fill it in")]
pub struct Environment {
    /// A real network is below.
    pub network: bool,
    /// There is an app that leaves the screen.
    pub app: bool,
    /// The host lets few sockets exist at once.
    pub few_sockets: bool,
}
