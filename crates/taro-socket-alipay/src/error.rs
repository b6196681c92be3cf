//! What Alipay throws and tells, as [`Error`].

use taro_socket_api::ErrorKind;
use taro_socket_mini::Known;

/// Alipay's documentation of `my.connectSocket`, `my.sendSocketMessage` and `my.onSocketError`, put together.
/// Not 1, which is all that is not known, and 3, an empty URL or a socket that exists already: the text tells.
pub(crate) const KNOWN: &[Known] = &[
    (2, ErrorKind::InvalidArgument),
    (4, ErrorKind::InvalidArgument),
    (5, ErrorKind::InvalidArgument),
    (6, ErrorKind::Timeout),
    (7, ErrorKind::Tls),
    (8, ErrorKind::Handshake),
    (10, ErrorKind::InvalidState),
    (12, ErrorKind::LimitExceeded),
    (20, ErrorKind::Unsupported),
    (50, ErrorKind::Connect),
    (65, ErrorKind::Unsupported),
];

#[cfg(test)]
mod tests {
    use taro_socket_js::Record;
    use taro_socket_mini::from_host;
    use wasm_bindgen_test::wasm_bindgen_test;

    use super::*;

    #[wasm_bindgen_test]
    fn numbers_have_a_kind_and_the_text_stays() {
        for (number, kind) in KNOWN {
            let record = Record::new();
            record.set("error", *number as i32);
            record.set("errorMessage", "no");
            let error = from_host("connectSocket", record.as_js(), KNOWN);
            assert_eq!((error.kind(), error.reason()), (*kind, "connectSocket: no"));
            assert_eq!(error.host_code(), Some(*number));
        }
    }

    #[wasm_bindgen_test]
    fn a_number_alone_and_a_number_as_text_are_enough() {
        let record = Record::new();
        record.set("error", "8");
        let error = from_host("onError", record.as_js(), KNOWN);
        assert_eq!(error.kind(), ErrorKind::Handshake);
        assert!(!error.reason().is_empty());
    }
}
