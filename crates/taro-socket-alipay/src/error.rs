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
            let error = from_host("send", record.as_js(), KNOWN);
            assert_eq!((error.kind(), error.reason()), (*kind, "send: no"));
            assert_eq!(error.host_code(), Some(*number));
        }
    }

    /// Only of what is done to a socket a number can be about its state.
    #[wasm_bindgen_test]
    fn no_connection_fails_by_its_state() {
        let record = Record::new();
        record.set("error", 10);
        for what in ["connectSocket", "onError"] {
            let error = from_host(what, record.as_js(), KNOWN);
            assert_eq!(error.kind(), ErrorKind::Unknown, "{what}");
            assert_eq!(error.host_code(), Some(10));
        }
    }

    #[wasm_bindgen_test]
    fn a_status_says_more_than_a_number() {
        for (number, kind) in KNOWN {
            let record = Record::new();
            record.set("error", *number as i32);
            record.set("errorMessage", "Unexpected server response: 403");
            let error = from_host("onError", record.as_js(), KNOWN);
            assert_eq!(error.status(), Some(403), "{kind}");
            assert_eq!(error.kind(), ErrorKind::Handshake, "{kind}");
            assert_eq!(error.host_code(), Some(*number));
        }
    }

    #[wasm_bindgen_test]
    fn what_is_told_within_data_is_read() {
        let within = Record::new();
        within.set("error", 7);
        within.set("errorMessage", "certificate");
        let record = Record::new();
        record.set("data", within.as_js());
        let error = from_host("onError", record.as_js(), KNOWN);
        assert_eq!((error.kind(), error.host_code()), (ErrorKind::Tls, Some(7)));
        assert_eq!(error.reason(), "onError: certificate");
        // Beside it, where nothing is within.
        record.set("data", Record::new().as_js());
        record.set("error", 6);
        record.set("errorMessage", "late");
        let error = from_host("onError", record.as_js(), KNOWN);
        assert_eq!(
            (error.kind(), error.reason()),
            (ErrorKind::Timeout, "onError: late")
        );
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
