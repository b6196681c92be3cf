//! Payloads of Close frames (RFC 6455 §5.5.1).

use super::{Inbound, Violation};

/// Reads a received payload: empty, or a status code and a reason in UTF-8.
pub(super) fn parse(payload: &[u8]) -> Result<Inbound, Violation> {
    let Some((code, reason)) = payload.split_first_chunk::<2>() else {
        return match payload {
            [] => Ok(Inbound::Close(None, String::new())),
            _ => Err(Violation::protocol("a Close frame has half a status code")),
        };
    };
    let code = u16::from_be_bytes(*code);
    if !may_be_sent(code) {
        return Err(Violation::protocol(
            "a Close frame has a status code that must not be sent",
        ));
    }
    let reason = std::str::from_utf8(reason).map_err(|_| Violation::utf8())?;
    Ok(Inbound::Close(Some(code), reason.to_owned()))
}

/// Makes a payload; without a code it is empty.
pub(super) fn payload(code: Option<u16>, reason: &str) -> Vec<u8> {
    let mut payload = Vec::with_capacity(2 + reason.len());
    if let Some(code) = code {
        payload.extend_from_slice(&code.to_be_bytes());
        payload.extend_from_slice(reason.as_bytes());
    }
    payload
}

/// RFC 6455 §7.4; 1012 to 1014 are registered with IANA since.
fn may_be_sent(code: u16) -> bool {
    matches!(code, 1000..=1003 | 1007..=1014 | 3000..=4999)
}

#[cfg(test)]
mod tests {
    use tokio_tungstenite::tungstenite::protocol::frame::coding::CloseCode;

    /// Another implementation allows the same, but for 1014, which it does not know.
    #[test]
    fn the_codes_that_may_be_sent() {
        for code in 0..=u16::MAX {
            let allowed = CloseCode::from(code).is_allowed() || code == 1014;
            assert_eq!(super::may_be_sent(code), allowed, "{code}");
        }
    }
}
