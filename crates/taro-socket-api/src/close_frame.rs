//! Status code and reason of a close, validated.

use crate::{
    Error, ErrorKind, Result,
    text::{concat, decimal},
};

/// Upper bound, in bytes of UTF-8, of a close reason: 123.
///
/// RFC 6455 §5.5 limits a control frame's payload to 125 bytes, of which two hold the code.
pub const MAX_REASON_BYTES: usize = 123;

/// Status code and reason that a caller asks to close with.
///
/// The code is 1000 or within 3000 to 4999, both inclusive (WHATWG WebSockets §3.1
/// `close`); the reason has at most [`MAX_REASON_BYTES`] bytes.
///
/// ```
/// use taro_socket_api::{CloseFrame, ErrorKind};
///
/// let frame = CloseFrame::new(4001, "bye")?;
/// assert_eq!((frame.code(), frame.reason()), (4001, "bye"));
/// let refused = CloseFrame::new(1005, "").expect_err("1005 never goes on the wire");
/// assert_eq!(refused.kind(), ErrorKind::InvalidArgument);
/// # Ok::<(), taro_socket_api::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct CloseFrame {
    code: u16,
    reason: String,
}

impl CloseFrame {
    /// A frame of `code` and `reason`.
    ///
    /// # Errors
    ///
    /// `InvalidArgument` if `code` is neither 1000 nor within 3000..=4999, or if
    /// `reason` has more than [`MAX_REASON_BYTES`] bytes.
    pub fn new(code: u16, reason: impl Into<String>) -> Result<Self> {
        let reason = reason.into();
        let (what, number, why) = if code != 1000 && !(3000..=4999).contains(&code) {
            let why = " is not allowed: use 1000 or 3000 to 4999";
            ("close code ", code.into(), why)
        } else if reason.len() > MAX_REASON_BYTES {
            let bytes = u32::try_from(reason.len()).unwrap_or(u32::MAX);
            let why = " bytes of UTF-8: at most 123 are allowed";
            ("close reason has ", bytes, why)
        } else {
            return Ok(Self { code, reason });
        };
        let text = concat(&[what, &decimal(number), why]);
        Err(Error::new(ErrorKind::InvalidArgument, text).in_api("closeSocket"))
    }

    /// The status code.
    #[must_use]
    pub fn code(&self) -> u16 {
        self.code
    }

    /// The reason, possibly empty.
    #[must_use]
    pub fn reason(&self) -> &str {
        &self.reason
    }
}

/// Code 1000 and an empty reason.
impl Default for CloseFrame {
    fn default() -> Self {
        Self {
            code: 1000,
            reason: String::new(),
        }
    }
}
