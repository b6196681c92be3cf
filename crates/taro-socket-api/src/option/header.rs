//! Header fields of the handshake.

use std::{fmt, sync::Arc};

use crate::{
    Error, ErrorKind, Result,
    text::{concat, quoted},
};

/// Header fields in order; names are compared without case (RFC 9110 §5.1).
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Header {
    /// `None` is empty; a clone shares the fields.
    fields: Option<Arc<Vec<(String, String)>>>,
}

impl Header {
    /// No fields.
    #[must_use]
    pub const fn new() -> Self {
        Self { fields: None }
    }

    /// Adds a field at the end, as it is.
    pub fn append(&mut self, name: impl Into<String>, value: impl Into<String>) {
        let fields = Arc::make_mut(self.fields.get_or_insert_default());
        fields.push((name.into(), value.into()));
    }

    /// The first value of `name`.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        let mut named = self
            .iter()
            .filter(|(key, _)| key.eq_ignore_ascii_case(name));
        named.next().map(|(_, value)| value)
    }

    /// Names and values, in order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        let fields = self.fields.iter().flat_map(|fields| fields.iter());
        fields.map(|(name, value)| (&**name, &**value))
    }

    /// How many fields there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.fields.as_ref().map_or(0, |fields| fields.len())
    }

    /// Whether there are no fields.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Checks a field that is to be added to a request.
    pub(crate) fn check(&self, name: &str, value: &str) -> Result<()> {
        check_name(name)?;
        check_value(name, value)?;
        if self.get(name).is_some() {
            let quoted = quoted(name);
            return Err(refused(&[
                "header ",
                &quoted,
                " is given twice: join the values",
            ]));
        }
        Ok(())
    }
}

/// Names and values, in order.
impl From<Vec<(String, String)>> for Header {
    fn from(fields: Vec<(String, String)>) -> Self {
        Self {
            fields: (!fields.is_empty()).then(|| Arc::new(fields)),
        }
    }
}

impl<N: Into<String>, V: Into<String>> FromIterator<(N, V)> for Header {
    fn from_iter<T: IntoIterator<Item = (N, V)>>(fields: T) -> Self {
        let fields = fields.into_iter();
        let fields = fields.map(|(name, value)| (name.into(), value.into()));
        Self::from(fields.collect::<Vec<_>>())
    }
}

/// Names alone: values may be secrets.
impl fmt::Debug for Header {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names = self.iter().map(|(name, _)| name);
        f.debug_list().entries(names).finish()
    }
}

/// Fields that belong to the handshake or to the connection itself (RFC 6455 §4.1, RFC 9110 §7.6.1),
/// and `Referer`, which Taro does not allow; with what to do instead.
const FORBIDDEN: &[(&str, &str)] = &[
    ("host", "it is the URL's host and port"),
    (
        "referer",
        "no host lets it be set, use Origin or a field of your own",
    ),
    ("sec-websocket-protocol", "use the option protocols"),
    (
        "sec-websocket-extensions",
        "use the option per_message_deflate",
    ),
    ("connection", LEAVE_OUT),
    ("content-length", LEAVE_OUT),
    ("te", LEAVE_OUT),
    ("trailer", LEAVE_OUT),
    ("transfer-encoding", LEAVE_OUT),
    ("upgrade", LEAVE_OUT),
];

const LEAVE_OUT: &str = "the handshake sets it, leave it out";

/// Fields of the WebSocket handshake begin so.
const RESERVED: &str = "sec-websocket-";

fn check_name(name: &str) -> Result<()> {
    if name.is_empty() || !name.bytes().all(is_token_byte) {
        return Err(refused(&[
            "header name ",
            &quoted(name),
            " is not a token: letters, digits and hyphens, no colon",
        ]));
    }
    let known = FORBIDDEN.iter();
    let mut known = known.filter(|(field, _)| field.eq_ignore_ascii_case(name));
    let reserved = name
        .get(..RESERVED.len())
        .is_some_and(|start| start.eq_ignore_ascii_case(RESERVED));
    let remedy = known.next().map(|(_, remedy)| *remedy);
    match remedy.or_else(|| reserved.then_some(LEAVE_OUT)) {
        Some(remedy) => Err(refused(&[
            "header ",
            &quoted(name),
            " cannot be set: ",
            remedy,
        ])),
        None => Ok(()),
    }
}

fn check_value(name: &str, value: &str) -> Result<()> {
    let control = |byte: u8| (byte < 0x20 && byte != b'\t') || byte == 0x7f;
    if value.bytes().any(control) {
        return Err(refused(&[
            "the value of header ",
            &quoted(name),
            " has a control character, which would end the field: take it out",
        ]));
    }
    let blank = |byte: Option<&u8>| matches!(byte, Some(b' ' | b'\t'));
    let bytes = value.as_bytes();
    if blank(bytes.first()) || blank(bytes.last()) {
        return Err(refused(&[
            "the value of header ",
            &quoted(name),
            " has blanks around it: trim it",
        ]));
    }
    Ok(())
}

/// RFC 9110 §5.6.2 `tchar`.
pub(super) fn is_token_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte)
}

fn refused(reason: &[&str]) -> Error {
    Error::new(ErrorKind::InvalidArgument, concat(reason))
}
