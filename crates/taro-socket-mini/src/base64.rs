//! Binary messages as text (RFC 4648 §4).

use base64ct::{Base64, Base64Unpadded, Encoding as _};
use taro_socket_api::{Error, ErrorKind, Message};
use taro_socket_js::Unread;
use wasm_bindgen::JsValue;

/// The bytes in base64, with padding.
///
/// # Errors
///
/// `LimitExceeded` beyond a quarter of what the memory can address.
pub fn encode(bytes: &[u8]) -> Result<JsValue, Error> {
    let mut text = vec![0; Base64::encoded_len(bytes)];
    match Base64::encode(bytes, &mut text) {
        Ok(text) => Ok(JsValue::from_str(text)),
        Err(_) => {
            let text = "the message is too long for base64";
            Err(Error::new(ErrorKind::LimitExceeded, text))
        }
    }
}

/// The binary message of a text in base64, with or without padding.
///
/// # Errors
///
/// [`Unread`].
pub fn decode(encoded: &str, max_bytes: usize) -> Result<Message, Unread> {
    let encoded = encoded.trim_end_matches('=');
    // Four digits are three bytes.
    if encoded.len() / 4 * 3 > max_bytes {
        return Err(Unread::TooLong);
    }
    // `decode_vec` has a third more code.
    let mut bytes = encoded.as_bytes().to_vec();
    let decoded = Base64Unpadded::decode_in_place(&mut bytes).map_err(|_| Unread::Strange)?;
    let length = decoded.len();
    if length > max_bytes {
        return Err(Unread::TooLong);
    }
    if !ends_in(encoded, decoded) {
        return Err(Unread::Strange);
    }
    bytes.truncate(length);
    Ok(Message::from(bytes))
}

/// Whether the last bytes are written as they must be (RFC 4648 §3.5): decoding in place does not look.
fn ends_in(encoded: &str, decoded: &[u8]) -> bool {
    let mut digits = [0; 4];
    let last = decoded.chunks(3).last().unwrap_or_default();
    let last = Base64::encode(last, &mut digits);
    last.is_ok_and(|last| encoded.ends_with(last.trim_end_matches('=')))
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test;

    use super::*;

    #[wasm_bindgen_test]
    fn what_is_encoded_is_decoded_with_and_without_padding() {
        // RFC 4648 §10, and every byte.
        let all: Vec<u8> = (0..=255).collect();
        for (bytes, text) in [
            (&b""[..], ""),
            (b"f", "Zg=="),
            (b"fo", "Zm8="),
            (b"foo", "Zm9v"),
        ] {
            assert_eq!(encode(bytes).ok(), Some(JsValue::from_str(text)));
            for text in [text, text.trim_end_matches('=')] {
                assert_eq!(
                    decode(text, 100),
                    Ok(Message::Binary(bytes.to_vec().into()))
                );
            }
        }
        let text = encode(&all).ok().and_then(|text| text.as_string());
        let text = text.unwrap_or_default();
        assert_eq!(decode(&text, 256), Ok(Message::Binary(all.into())));
    }

    #[wasm_bindgen_test]
    fn what_is_not_base64_is_strange() {
        for text in ["*", "A", "AQ=A", "AQ-_", "Af9=", "汉"] {
            assert_eq!(decode(text, 100), Err(Unread::Strange), "{text}");
        }
    }
}
