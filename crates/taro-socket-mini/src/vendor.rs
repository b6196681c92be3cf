//! The object of a vendor, for example `wx`.

use wasm_bindgen::JsValue;

/// A function of a vendor's object, called with one argument. Where the object or the function is missing it
/// fails, like one that throws.
pub type HostFunction = fn(&JsValue) -> Result<JsValue, JsValue>;

/// What every connection needs of a vendor's object.
#[derive(Clone, Copy, Debug)]
#[allow(clippy::exhaustive_structs, reason = "adapters make it")]
pub struct Vendor {
    /// `connectSocket`.
    pub connect_socket: HostFunction,
    /// `onAppShow`.
    pub on_app_show: HostFunction,
    /// `onAppHide`.
    pub on_app_hide: HostFunction,
}

/// Binds the object of a vendor: makes its `VENDOR`, and its [`Signal`](crate::Signal)s `SHOW` and `HIDE`, for the
/// crate that calls it, and the functions
/// `on_app_show` and `on_app_hide`.
///
/// The object is looked up at each call. The crate depends on `wasm-bindgen`.
#[macro_export]
macro_rules! vendor {
    ($object:ident) => {
        $crate::vendor! { @functions $object:
            connect_socket connectSocket,
            shown_on onAppShow,
            hidden_on onAppHide,
            shown_off offAppShow,
            hidden_off offAppHide,
        }

        pub(crate) static VENDOR: $crate::Vendor = $crate::Vendor {
            connect_socket,
            on_app_show: shown_on,
            on_app_hide: hidden_on,
        };

        const SHOW: $crate::Signal = $crate::Signal {
            name: "onAppShow",
            on: shown_on,
            off: shown_off,
        };

        const HIDE: $crate::Signal = $crate::Signal {
            name: "onAppHide",
            on: hidden_on,
            off: hidden_off,
        };

        #[doc = concat!(
            "Calls `handler` each time the app comes to the front, until the listener is dropped: `",
            stringify!($object),
            ".onAppShow`."
        )]
        ///
        /// The place to connect again: sockets of an app in the background end within seconds.
        ///
        /// # Errors
        ///
        /// `HostUnavailable` where the host has no such function.
        pub fn on_app_show(
            handler: impl Fn() + 'static,
        ) -> ::taro_socket_api::Result<$crate::AppListener> {
            $crate::on_signal(SHOW, handler)
        }

        #[doc = concat!(
            "Calls `handler` each time the app goes to the background, until the listener is dropped: `",
            stringify!($object),
            ".onAppHide`."
        )]
        ///
        /// # Errors
        ///
        /// `HostUnavailable` where the host has no such function.
        pub fn on_app_hide(
            handler: impl Fn() + 'static,
        ) -> ::taro_socket_api::Result<$crate::AppListener> {
            $crate::on_signal(HIDE, handler)
        }
    };
    (@functions $object:ident: $($function:ident $of_host:ident,)*) => {
        #[::wasm_bindgen::prelude::wasm_bindgen]
        extern "C" {$(
            #[wasm_bindgen(catch, js_namespace = $object, js_name = $of_host)]
            fn $function(
                argument: &::wasm_bindgen::JsValue,
            ) -> Result<::wasm_bindgen::JsValue, ::wasm_bindgen::JsValue>;
        )*}
    };
}
