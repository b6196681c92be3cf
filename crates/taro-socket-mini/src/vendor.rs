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
/// crate that calls it.
///
/// The object is looked up at each call. The crate depends on `wasm-bindgen`.
#[macro_export]
macro_rules! vendor {
    ($object:ident) => {
        $crate::vendor! { @functions $object:
            connect_socket connectSocket,
            on_app_show onAppShow,
            on_app_hide onAppHide,
            off_app_show offAppShow,
            off_app_hide offAppHide,
        }

        pub(crate) static VENDOR: $crate::Vendor = $crate::Vendor {
            connect_socket,
            on_app_show,
            on_app_hide,
        };

        pub(crate) const SHOW: $crate::Signal = $crate::Signal {
            name: "onAppShow",
            on: on_app_show,
            off: off_app_show,
        };

        pub(crate) const HIDE: $crate::Signal = $crate::Signal {
            name: "onAppHide",
            on: on_app_hide,
            off: off_app_hide,
        };
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
