//! Which hosts exist here.

use taro_socket_api::Platform;
use wasm_bindgen::{JsValue, prelude::wasm_bindgen};

use crate::{property, text_of};

// Variables by name: `None` where there is none. They are looked up once.
#[wasm_bindgen]
extern "C" {
    // Of this name, by which what packs mini-programs knows it.
    #[wasm_bindgen(thread_local_v2, js_name = globalThis)]
    static GLOBAL_THIS: Option<JsValue>;

    #[wasm_bindgen(thread_local_v2, js_name = wx)]
    static WX: Option<JsValue>;

    #[wasm_bindgen(thread_local_v2, js_name = my)]
    static MY: Option<JsValue>;

    #[wasm_bindgen(thread_local_v2, js_name = swan)]
    static SWAN: Option<JsValue>;

    #[wasm_bindgen(thread_local_v2, js_name = navigator)]
    static NAVIGATOR: Option<JsValue>;

    #[wasm_bindgen(thread_local_v2, js_name = WebSocket)]
    static WEB_SOCKET: Option<JsValue>;
}

/// The hosts of JavaScript, in the order in which they are looked for.
///
/// A mini-program may have a `WebSocket` of its own making besides, so the more special host comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Host {
    /// `wx.connectSocket` exists.
    Weapp,
    /// `my.connectSocket` exists.
    Alipay,
    /// `swan.connectSocket` exists.
    Swan,
    /// `navigator.product` is `ReactNative`.
    Rn,
    /// `WebSocket` exists.
    H5,
}

impl Host {
    /// Every host, in the order in which they are looked for.
    pub const ALL: &[Self] = &[Self::Weapp, Self::Alipay, Self::Swan, Self::Rn, Self::H5];

    /// Whether this host exists here. Looked up anew at each call.
    #[must_use]
    pub fn exists(self) -> bool {
        match self {
            Self::Weapp | Self::Alipay | Self::Swan => {
                let connect = self
                    .object()
                    .and_then(|host| property(&host, "connectSocket"));
                connect.is_some_and(|connect| connect.is_function())
            }
            Self::Rn => {
                let product = self.object().and_then(|value| text_of(&value, "product"));
                product.as_deref() == Some("ReactNative")
            }
            Self::H5 => self.object().is_some_and(|class| class.is_function()),
        }
    }

    /// What the host is known by: `wx`, `my`, `swan`, `navigator`, or the class `WebSocket`.
    ///
    /// Mini-programs have no `window`, and in some the vendor's object is no property of the global object
    /// either, but a variable.
    #[must_use]
    pub fn object(self) -> Option<JsValue> {
        let (name, variable) = match self {
            Self::Weapp => ("wx", &WX),
            Self::Alipay => ("my", &MY),
            Self::Swan => ("swan", &SWAN),
            Self::Rn => ("navigator", &NAVIGATOR),
            Self::H5 => ("WebSocket", &WEB_SOCKET),
        };
        let global = GLOBAL_THIS.with(|global| property(global.as_ref()?, name));
        global.or_else(|| variable.with(Clone::clone))
    }

    /// The platform of this host.
    #[must_use]
    pub const fn platform(self) -> Platform {
        match self {
            Self::Weapp => Platform::Weapp,
            Self::Alipay => Platform::Alipay,
            Self::Swan => Platform::Swan,
            Self::Rn => Platform::Rn,
            Self::H5 => Platform::H5,
        }
    }
}
