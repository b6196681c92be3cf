//! What Baidu throws and tells, as [`Error`].

use taro_socket_api::ErrorKind;
use taro_socket_mini::Known;

/// Baidu's documentation of `swan.connectSocket`: Android's numbers, then those of iOS. Not 2, a bad URL or a
/// subprotocol, which may be the server's: the text tells.
pub(crate) const KNOWN: &[Known] = &[
    (202, ErrorKind::InvalidArgument),
    (302, ErrorKind::HostUnavailable),
    (1, ErrorKind::LimitExceeded),
    (4, ErrorKind::InvalidArgument),
    (7, ErrorKind::Unsupported),
];

#[cfg(test)]
mod tests {
    use taro_socket_js::Record;
    use taro_socket_mini::from_host;
    use wasm_bindgen_test::wasm_bindgen_test;

    use super::*;

    #[wasm_bindgen_test]
    fn numbers_and_words_have_a_kind_and_the_text_stays() {
        let table = [
            ("errCode", "no", Some(202), ErrorKind::InvalidArgument),
            ("errCode", "no", Some(302), ErrorKind::HostUnavailable),
            ("errCode", "no", Some(1001), ErrorKind::Unknown),
            ("errorCode", "no", Some(1), ErrorKind::LimitExceeded),
            ("errorCode", "no", Some(2), ErrorKind::Unknown),
            (
                "errCode",
                "Excedding max concurrency 5",
                None,
                ErrorKind::LimitExceeded,
            ),
            (
                "errCode",
                "Status error,current 3",
                None,
                ErrorKind::Unknown,
            ),
        ];
        for (name, text, number, kind) in table {
            let record = Record::new();
            record.set("errMsg", text);
            if let Some(number) = number {
                record.set(name, number);
            }
            let error = from_host("connectSocket", record.as_js(), KNOWN);
            assert_eq!(error.kind(), kind, "{text} {number:?}");
            assert_eq!(error.reason(), format!("connectSocket: {text}"));
        }
    }
}
