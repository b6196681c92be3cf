//! The status of a close, as React Native tells it.

use taro_socket_js::faults;

/// What OkHttp says of the code 1005, which React Native gives back to it when a server closes without one.
pub(crate) const NO_STATUS: &str = "Code 1005 is reserved";

/// What iOS says, with code 1001, when TCP has ended without a Close frame.
const STREAM_END: &str = "Stream end encountered";

/// The status of a close without an error: `Some(None)` is a frame without one, `None` no frame.
pub(crate) fn status(code: Option<u16>, reason: &str) -> Option<Option<u16>> {
    match code? {
        1001 if reason == STREAM_END => None,
        1005 => Some(None),
        code => faults::may_be_received(code).then_some(Some(code)),
    }
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test;

    use super::*;

    #[wasm_bindgen_test]
    fn only_what_a_peer_may_send_is_clean() {
        let table = [
            (Some(1000), "", Some(Some(1000))),
            (Some(4001), "bye", Some(Some(4001))),
            (Some(1001), "bye", Some(Some(1001))),
            (Some(1001), STREAM_END, None),
            (Some(1005), "", Some(None)),
            (Some(1006), "", None),
            (Some(0), "client is null", None),
            (None, "", None),
        ];
        for (code, reason, expected) in table {
            assert_eq!(status(code, reason), expected, "{code:?} {reason}");
        }
    }
}
