//! Frames of a server as hexadecimal, for peers that break the rules (RFC 6455 §5.2).

use taro_socket_test_protocol::hex_encode;

use crate::Behavior;

/// First byte of a final text frame.
pub(crate) const TEXT: u8 = 0x81;
/// First byte of a final binary frame.
pub(crate) const BINARY: u8 = 0x82;
/// First byte of a Close frame.
pub(crate) const CLOSE: u8 = 0x88;
/// First byte of a Ping frame.
pub(crate) const PING: u8 = 0x89;

/// An unmasked frame: `first` is FIN, the reserved bits and the opcode. The payload is at most 65,535 bytes.
pub(crate) fn frame(first: u8, payload: &[u8]) -> String {
    let length = payload.len();
    let mut bytes = vec![first];
    match u8::try_from(length) {
        Ok(short) if short < 126 => bytes.push(short),
        _ => {
            let [high, low] = [(length >> 8) as u8, length as u8];
            bytes.extend([126, high, low]);
        }
    }
    bytes.extend(payload);
    hex_encode(&bytes)
}

/// A Close frame with any code.
pub(crate) fn close(code: u16, reason: &[u8]) -> String {
    frame(CLOSE, &[&code.to_be_bytes(), reason].concat())
}

/// A peer that writes these bytes at open.
pub(crate) fn writes(hex: impl Into<String>) -> Behavior {
    Behavior::Raw {
        hex: hex.into(),
        after: 0,
        times: 1,
    }
}

/// A peer that writes these bytes after the first message, instead of an echo.
pub(crate) fn answers(hex: impl Into<String>) -> Behavior {
    Behavior::Raw {
        hex: hex.into(),
        after: 1,
        times: 1,
    }
}
