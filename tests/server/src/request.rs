//! Reading a request head (RFC 9112 §3 and §5) and, for the control channel, its body.

use std::io;

use bytes::BytesMut;
use taro_socket_test_protocol::RequestSeen;
use tokio::time::timeout;

use crate::limits::{HEAD_TIME, MAX_BODY, MAX_HEAD, MAX_HEADERS};
use crate::stream::Stream;

/// A request head, and the bytes that came behind it.
#[derive(Debug)]
pub(crate) struct Request {
    pub(crate) method: String,
    /// Minor version of HTTP/1.
    pub(crate) minor: u8,
    pub(crate) seen: RequestSeen,
    pub(crate) rest: BytesMut,
}

impl Request {
    /// Reads a head of at most 64 KiB within 30 seconds.
    pub(crate) async fn read(stream: &mut Stream) -> io::Result<Self> {
        let mut bytes = BytesMut::new();
        let whole = async {
            loop {
                if let Some(request) = Self::parse(&mut bytes)? {
                    return Ok(request);
                }
                if bytes.len() >= MAX_HEAD {
                    return Err(invalid("request head beyond 64 KiB"));
                }
                if stream.read(&mut bytes).await? == 0 {
                    return Err(io::ErrorKind::UnexpectedEof.into());
                }
            }
        };
        timeout(HEAD_TIME, whole).await?
    }

    /// Takes a head off the front of `bytes`; `None` when it is not complete.
    fn parse(bytes: &mut BytesMut) -> io::Result<Option<Self>> {
        let mut headers = vec![httparse::EMPTY_HEADER; MAX_HEADERS];
        let mut head = httparse::Request::new(&mut headers);
        let status = head.parse(bytes).map_err(invalid)?;
        let httparse::Status::Complete(size) = status else {
            return Ok(None);
        };
        let named = |header: &httparse::Header<'_>| {
            let value = String::from_utf8_lossy(header.value).into_owned();
            (header.name.to_owned(), value)
        };
        let mut request = Self {
            method: head.method.unwrap_or_default().to_owned(),
            minor: head.version.unwrap_or_default(),
            seen: RequestSeen {
                target: head.path.unwrap_or_default().to_owned(),
                headers: head.headers.iter().map(named).collect(),
                protocols: Vec::new(),
            },
            rest: BytesMut::new(),
        };
        request.seen.protocols = request.tokens("Sec-WebSocket-Protocol");
        let _ = bytes.split_to(size);
        request.rest = bytes.split();
        Ok(Some(request))
    }

    /// Reads a body of `Content-Length` bytes; `None` when it is beyond 4 MiB or not given by length.
    pub(crate) async fn body(&mut self, stream: &mut Stream) -> io::Result<Option<String>> {
        if self.seen.header("Transfer-Encoding").is_some() {
            return Ok(None);
        }
        let length = self.seen.header("Content-Length").unwrap_or("0");
        let Some(length) = length.parse().ok().filter(|length| *length <= MAX_BODY) else {
            return Ok(None);
        };
        while self.rest.len() < length {
            if stream.read(&mut self.rest).await? == 0 {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
        }
        let body = self.rest.split_to(length);
        Ok(Some(String::from_utf8_lossy(&body).into_owned()))
    }

    /// Every value of the header `name`.
    pub(crate) fn values<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        let named = self.seen.headers.iter();
        named
            .filter(move |(key, _)| key.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_str())
    }

    /// Every element of a comma-separated header, over all its lines.
    pub(crate) fn tokens(&self, name: &str) -> Vec<String> {
        let elements = self.values(name).flat_map(|value| value.split(','));
        let trimmed = elements.map(str::trim).filter(|token| !token.is_empty());
        trimmed.map(str::to_owned).collect()
    }
}

fn invalid(error: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, error)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stay_as_sent_and_the_rest_is_kept() {
        let wire = "GET /echo?id=a HTTP/1.1\r\nX-One:  1 \r\nsec-websocket-protocol: a, b\r\n\
                    Sec-WebSocket-Protocol: c\r\n\r\nrest";
        let mut bytes = BytesMut::from(wire);
        let request = Request::parse(&mut bytes).expect("a head").expect("whole");
        assert_eq!((request.method.as_str(), request.minor), ("GET", 1));
        assert_eq!(request.seen.target, "/echo?id=a");
        assert_eq!(request.seen.headers[0], ("X-One".into(), "1".into()));
        assert_eq!(request.seen.protocols, ["a", "b", "c"]);
        assert_eq!(&request.rest[..], b"rest");
    }

    #[test]
    fn an_incomplete_head_waits_and_junk_fails() {
        let cut = Request::parse(&mut BytesMut::from("GET / HTTP/1.1\r\nA:"));
        assert!(cut.expect("no error").is_none());
        assert!(Request::parse(&mut BytesMut::from("\0\0\0")).is_err());
    }
}
