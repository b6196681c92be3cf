//! The app leaves the screen and comes back.

use taro_socket_api::Result;
use taro_socket_mini::{AppListener, on_signal};

use crate::vendor;

/// Calls `handler` each time the app comes to the front, until the listener is dropped: `wx.onAppShow`.
///
/// The place to connect again: sockets of an app in the background end within seconds.
///
/// # Errors
///
/// `HostUnavailable` before base library 2.1.2.
pub fn on_app_show(handler: impl Fn() + 'static) -> Result<AppListener> {
    on_signal(vendor::SHOW, handler)
}

/// Calls `handler` each time the app goes to the background, until the listener is dropped: `wx.onAppHide`.
///
/// # Errors
///
/// `HostUnavailable` before base library 2.1.2.
pub fn on_app_hide(handler: impl Fn() + 'static) -> Result<AppListener> {
    on_signal(vendor::HIDE, handler)
}
