//! What WeChat throws and tells, as [`Error`].

use taro_socket_api::ErrorKind;
use taro_socket_mini::Known;

/// WeChat's documentation, "errno", network.
pub(crate) const KNOWN: &[Known] = &[
    (600_002, ErrorKind::Unsupported),
    (600_003, ErrorKind::Aborted),
];

#[cfg(test)]
mod tests {
    use taro_socket_api::Error;
    use taro_socket_js::Record;
    use taro_socket_mini::from_host;
    use wasm_bindgen::JsValue;
    use wasm_bindgen_test::wasm_bindgen_test;

    use super::*;

    fn told(properties: &[(&str, JsValue)]) -> Error {
        let record = Record::new();
        for (name, value) in properties {
            record.set(name, value);
        }
        from_host("connectSocket", record.as_js(), KNOWN)
    }

    #[wasm_bindgen_test]
    fn numbers_and_words_have_a_kind_and_the_text_stays() {
        let not_listed = "createSocketTask:fail url not in domain list";
        let table = [
            (not_listed, None, ErrorKind::Unsupported),
            ("connectSocket:fail", Some(600_002), ErrorKind::Unsupported),
            ("connectSocket:fail", Some(600_003), ErrorKind::Aborted),
            ("connectSocket:fail", Some(600_000), ErrorKind::Unknown),
            (
                "open fail: _code:20,_msg:Invalid HTTP status.",
                Some(1004),
                ErrorKind::Handshake,
            ),
        ];
        for (text, number, kind) in table {
            let mut properties = vec![("errMsg", JsValue::from_str(text))];
            properties.extend(number.map(|number: i32| ("errno", JsValue::from(number))));
            let error = told(&properties);
            assert_eq!(error.kind(), kind, "{text} {number:?}");
            assert_eq!(error.reason(), format!("connectSocket: {text}"));
            assert_eq!(error.host_code(), number.map(i64::from));
        }
    }

    #[wasm_bindgen_test]
    fn an_empty_text_hides_no_other() {
        let error = told(&[
            ("errMsg", "".into()),
            ("errorMessage", "".into()),
            ("message", "Unexpected server response: 403".into()),
        ]);
        assert_eq!(
            (error.kind(), error.status()),
            (ErrorKind::Handshake, Some(403))
        );
    }

    #[wasm_bindgen_test]
    fn a_state_is_read_only_of_what_is_done_to_a_socket() {
        let value = JsValue::from_str("taskID not exist");
        for (what, kind) in [
            ("send", ErrorKind::InvalidState),
            ("close", ErrorKind::InvalidState),
            ("connectSocket", ErrorKind::Unknown),
            ("onError", ErrorKind::Unknown),
        ] {
            assert_eq!(from_host(what, &value, KNOWN).kind(), kind, "{what}");
        }
    }

    #[wasm_bindgen_test]
    fn odd_values_still_make_a_text() {
        assert_eq!(told(&[]).reason(), "connectSocket: the host gave no text");
        assert_eq!(
            from_host("onError", &JsValue::UNDEFINED, KNOWN).reason(),
            "onError: undefined"
        );
        assert_eq!(
            from_host("onError", &JsValue::from_str("interrupted"), KNOWN).kind(),
            ErrorKind::Aborted
        );
    }
}
