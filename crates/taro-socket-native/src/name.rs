//! International names.

use idna::AsciiDenyList;

/// The name in ASCII (WHATWG URL §3.3, domain to ASCII), `None` if it is none.
pub(crate) fn to_ascii(name: &str) -> Option<String> {
    let ascii = idna::domain_to_ascii_cow(name.as_bytes(), AsciiDenyList::URL);
    ascii.ok().map(Into::into)
}
