//! The system's own error as an error's source and number.

use std::io;

use taro_socket_api::{Error, ErrorKind};

pub(super) fn from_host(kind: ErrorKind, text: String, error: io::Error) -> Error {
    let code = error.raw_os_error().map(i64::from);
    let error = Error::new(kind, text).with_source(error);
    match code {
        Some(code) => error.with_host_code(code),
        None => error,
    }
}
