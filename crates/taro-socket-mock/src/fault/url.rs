//! URLs made wrong on purpose.

/// `url` without its percent escapes; a `%` that starts none stays.
pub(super) fn decoded(url: &str) -> String {
    let (mut bytes, mut rest) = (Vec::new(), url.as_bytes());
    while let [first, behind @ ..] = rest {
        let digits = behind
            .get(..2)
            .and_then(|digits| std::str::from_utf8(digits).ok());
        let value = digits.and_then(|digits| u8::from_str_radix(digits, 16).ok());
        match value.filter(|_| *first == b'%') {
            Some(value) => {
                bytes.push(value);
                rest = behind.get(2..).unwrap_or_default();
            }
            None => {
                bytes.push(*first);
                rest = behind;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// `url` with `/.` in front of its path.
pub(super) fn dotted(url: &str) -> String {
    let path = url
        .match_indices('/')
        .nth(2)
        .map_or(url.len(), |(at, _)| at);
    let (before, path) = url.split_at(path);
    [before, "/.", path].concat()
}
