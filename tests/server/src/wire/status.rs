//! Close status codes, RFC 6455 §7.4, and the payload of a Close frame.

use taro_socket_test_protocol::CloseSeen;

pub(crate) const PROTOCOL_ERROR: u16 = 1002;
pub(crate) const INVALID_DATA: u16 = 1007;
pub(crate) const TOO_BIG: u16 = 1009;

/// Whether the code may stand in a Close frame: 1000 to 1014 without the reserved ones, and 3000 to 4999.
///
/// 1012 to 1014 were registered after RFC 6455, in IANA's WebSocket Close Code Number Registry.
pub(crate) fn is_allowed(code: u16) -> bool {
    matches!(code, 1000..=1003 | 1007..=1014 | 3000..=4999)
}

/// The payload of a Close frame: nothing, or the code in network order and the reason.
pub(crate) fn payload(code: Option<u16>, reason: &str) -> Vec<u8> {
    let Some(code) = code else {
        return Vec::new();
    };
    let mut payload = code.to_be_bytes().to_vec();
    payload.extend_from_slice(reason.as_bytes());
    payload
}

/// What a Close payload says, and what is wrong with it.
pub(crate) fn read(payload: &[u8]) -> (CloseSeen, Option<String>) {
    let empty = CloseSeen {
        code: None,
        reason: String::new(),
    };
    let Some((code, reason)) = payload.split_first_chunk::<2>() else {
        let wrong = (!payload.is_empty()).then(|| "Close payload of 1 byte".to_owned());
        return (empty, wrong);
    };
    let code = u16::from_be_bytes(*code);
    let wrong = if !is_allowed(code) {
        Some(format!("Close code {code} is not allowed on the wire"))
    } else if std::str::from_utf8(reason).is_err() {
        Some("Close reason is not UTF-8".to_owned())
    } else {
        None
    };
    let reason = String::from_utf8_lossy(reason).into_owned();
    let code = Some(code);
    (CloseSeen { code, reason }, wrong)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_follow_the_registry() {
        for code in [1000, 1003, 1007, 1011, 1014, 3000, 4999] {
            assert!(is_allowed(code), "{code}");
        }
        for code in [0, 999, 1004, 1005, 1006, 1015, 1016, 2999, 5000, 65535] {
            assert!(!is_allowed(code), "{code}");
        }
    }

    #[test]
    fn payloads_read_back() {
        let (seen, wrong) = read(&payload(Some(4001), "bye"));
        assert_eq!((seen.code, seen.reason.as_str()), (Some(4001), "bye"));
        assert_eq!(wrong, None);
        assert_eq!(read(&[]).1, None);
    }

    #[test]
    fn malformed_payloads_are_named() {
        assert!(read(&[3]).1.is_some_and(|text| text.contains("1 byte")));
        assert!(
            read(&1005u16.to_be_bytes())
                .1
                .is_some_and(|text| text.contains("1005"))
        );
        assert!(
            read(&[3, 232, 255])
                .1
                .is_some_and(|text| text.contains("UTF-8"))
        );
    }
}
