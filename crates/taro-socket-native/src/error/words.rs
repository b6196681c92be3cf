//! A cause, a remedy and the advice that follows.

use taro_socket_api::RetryAdvice;

/// What went wrong, and what helps.
pub(in crate::error) struct Words {
    pub(in crate::error) cause: String,
    pub(in crate::error) remedy: &'static str,
    /// `Never` for a certificate, a name or a version, and alerts that say so; other causes may pass.
    pub(in crate::error) retry: RetryAdvice,
}

impl Words {
    pub(in crate::error) fn never(cause: impl Into<String>, remedy: &'static str) -> Self {
        Self {
            cause: cause.into(),
            remedy,
            retry: RetryAdvice::Never,
        }
    }

    pub(in crate::error) fn later(cause: impl Into<String>, remedy: &'static str) -> Self {
        Self {
            retry: RetryAdvice::Later,
            ..Self::never(cause, remedy)
        }
    }
}

/// `CamelCase` as words.
pub(in crate::error) fn spaced(name: &str) -> String {
    let mut out = String::new();
    let mut lower = false;
    for character in name.chars() {
        if character.is_uppercase() && lower {
            out.push(' ');
        }
        lower = character.is_lowercase() || character.is_ascii_digit();
        out.extend(character.to_lowercase());
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_words() {
        assert_eq!(spaced("CaUsedAsEndEntity"), "ca used as end entity");
        assert_eq!(spaced("NoKxGroupsInCommon"), "no kx groups in common");
        assert_eq!(spaced("plain words"), "plain words");
    }
}
