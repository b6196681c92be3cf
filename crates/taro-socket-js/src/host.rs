//! Which hosts exist here.

use js_sys::Reflect;
use taro_socket_api::Platform;
use wasm_bindgen::JsValue;

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
            Self::Weapp => has_connect_socket("wx"),
            Self::Alipay => has_connect_socket("my"),
            Self::Swan => has_connect_socket("swan"),
            Self::Rn => {
                let product = global("navigator").and_then(|value| property(&value, "product"));
                product.and_then(|value| value.as_string()).as_deref() == Some("ReactNative")
            }
            Self::H5 => global("WebSocket").is_some_and(|value| value.is_function()),
        }
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

fn has_connect_socket(name: &str) -> bool {
    let connect = global(name).and_then(|host| property(&host, "connectSocket"));
    connect.is_some_and(|connect| connect.is_function())
}

fn global(name: &str) -> Option<JsValue> {
    property(&js_sys::global(), name)
}

/// A property; `None` where it is missing or its getter throws.
fn property(value: &JsValue, name: &str) -> Option<JsValue> {
    let found = Reflect::get(value, &JsValue::from_str(name)).ok()?;
    (!found.is_undefined() && !found.is_null()).then_some(found)
}
