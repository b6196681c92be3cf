//! User name and password, which appear nowhere but on the wire.

use data_encoding::BASE64;

use super::scheme::Scheme;

/// Who asks. It has no `Debug`: none can show what is inside.
#[derive(Clone, PartialEq)]
pub(super) struct Credentials {
    user: String,
    password: String,
}

impl Credentials {
    pub(super) fn new(user: String, password: String) -> Self {
        Self { user, password }
    }

    /// Whether a proxy of this scheme can be told; what is wrong, without any of it.
    pub(super) fn check(&self, scheme: Scheme) -> Result<(), &'static str> {
        if scheme.is_http() {
            self.check_basic()
        } else {
            self.check_socks()
        }
    }

    /// RFC 7617 §2.
    fn check_basic(&self) -> Result<(), &'static str> {
        let both = || self.user.chars().chain(self.password.chars());
        if self.user.contains(':') {
            Err("its user name has a colon, which would begin the password (RFC 7617)")
        } else if both().any(char::is_control) {
            Err("its user name or password has a control character, which none may have (RFC 7617)")
        } else {
            Ok(())
        }
    }

    /// RFC 1929 §2.
    fn check_socks(&self) -> Result<(), &'static str> {
        if self.user.is_empty() || self.user.len() > 255 || self.password.len() > 255 {
            Err("a user name for SOCKS5 has 1 to 255 bytes, a password at most 255 (RFC 1929)")
        } else {
            Ok(())
        }
    }

    /// The value of `Proxy-Authorization` (RFC 9110 §11.7.2, RFC 7617 §2).
    pub(super) fn basic(&self) -> String {
        let both = format!("{}:{}", self.user, self.password);
        format!("Basic {}", BASE64.encode(both.as_bytes()))
    }

    /// RFC 1929 §2, the request; checked before.
    pub(super) fn socks(&self) -> Vec<u8> {
        let mut out = vec![1];
        for part in [&self.user, &self.password] {
            out.push(u8::try_from(part.len()).unwrap_or(u8::MAX));
            out.extend(part.bytes().take(255));
        }
        out
    }
}
