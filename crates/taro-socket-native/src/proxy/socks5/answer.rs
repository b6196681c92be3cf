//! What a proxy says, as far as it has come.

use taro_socket_api::{Error, RetryAdvice};

use super::{super::way::Way, words};

/// What the bytes so far are.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Answer<T> {
    Incomplete,
    /// So many bytes, which say this.
    There(usize, T),
    Wrong(Wrong),
}

/// What the proxy chose of the methods that were offered.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Method {
    Nothing,
    Password,
    /// None of them.
    Refused,
    Other,
}

/// An answer that ends the conversation.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Wrong {
    /// It is no SOCKS5.
    Foreign(String),
    /// User name and password are not taken.
    Password,
    /// The code of a reply (RFC 1928 §6).
    Reply(u8),
}

impl Wrong {
    pub(super) fn told(&self, way: &Way<'_>) -> Error {
        match self {
            Self::Foreign(text) => way.refused(text),
            Self::Password => way.unauthenticated(words::PASSWORD),
            Self::Reply(code) => {
                let error = way.refused(words::of_reply(*code));
                match code {
                    // Its rules, and what it can do, do not change by themselves.
                    2 | 7 | 8 => error.with_retry(RetryAdvice::Never),
                    _ => error,
                }
            }
        }
    }
}

/// RFC 1928 §3.
pub(super) fn method(bytes: &[u8]) -> Answer<Method> {
    match bytes {
        [5, method, ..] => Answer::There(
            2,
            match method {
                0 => Method::Nothing,
                2 => Method::Password,
                0xff => Method::Refused,
                _ => Method::Other,
            },
        ),
        [] | [5] => Answer::Incomplete,
        foreign => Answer::Wrong(Wrong::Foreign(words::foreign(foreign))),
    }
}

/// RFC 1929 §2. The version is not looked at: some proxies send that of SOCKS.
pub(super) fn password(bytes: &[u8]) -> Answer<()> {
    match bytes {
        [_, 0, ..] => Answer::There(2, ()),
        [_, _, ..] => Answer::Wrong(Wrong::Password),
        _ => Answer::Incomplete,
    }
}

/// RFC 1928 §6. Of a refusal the code is enough; the address is not looked at.
pub(super) fn reply(bytes: &[u8]) -> Answer<()> {
    let length = match bytes {
        [5, 0, _, 1, ..] => 10,
        [5, 0, _, 3, name, ..] => 7 + usize::from(*name),
        [5, 0, _, 4, ..] => 22,
        [5, 0, _, 3] | [5, 0, _] | [5, 0] | [5] | [] => return Answer::Incomplete,
        [5, 0, ..] => {
            return Answer::Wrong(Wrong::Foreign(words::ADDRESS.to_owned()));
        }
        [5, code, ..] => return Answer::Wrong(Wrong::Reply(*code)),
        foreign => return Answer::Wrong(Wrong::Foreign(words::foreign(foreign))),
    };
    match bytes.len() >= length {
        true => Answer::There(length, ()),
        false => Answer::Incomplete,
    }
}

#[cfg(test)]
mod tests;
