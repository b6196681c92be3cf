//! Writing an HTTP answer that is not 101, and ending the connection behind it.

use bytes::BytesMut;

use crate::peer::Ending;
use crate::stream::Stream;

/// An answer with a body; the connection ends behind it.
#[derive(Debug)]
pub(crate) struct Response {
    status: u16,
    headers: Vec<(&'static str, String)>,
    body: Vec<u8>,
}

impl Response {
    /// A plain text answer.
    pub(crate) fn new(status: u16, body: impl Into<String>) -> Self {
        let kind = "text/plain; charset=utf-8".to_owned();
        Self {
            status,
            headers: vec![("Content-Type", kind)],
            body: body.into().into_bytes(),
        }
    }

    /// A JSON answer.
    pub(crate) fn json(body: String) -> Self {
        Self::bytes_of("application/json", body.into_bytes())
    }

    /// An answer of this content type.
    pub(crate) fn bytes_of(kind: &str, body: Vec<u8>) -> Self {
        Self {
            status: 200,
            headers: vec![("Content-Type", kind.to_owned())],
            body,
        }
    }

    /// Adds a header; line ends in the value become spaces.
    pub(crate) fn header(mut self, name: &'static str, value: &str) -> Self {
        self.headers.push((name, value.replace(['\r', '\n'], " ")));
        self
    }

    /// The answer as bytes. 1xx, 204 and 304 have no body (RFC 9110 §6.4.1).
    pub(crate) fn bytes(&self) -> Vec<u8> {
        let mut out = format!("HTTP/1.1 {} {}\r\n", self.status, phrase(self.status));
        for (name, value) in &self.headers {
            out.push_str(&format!("{name}: {value}\r\n"));
        }
        out.push_str("Connection: close\r\n");
        if matches!(self.status, 100..=199 | 204 | 304) {
            out.push_str("\r\n");
            return out.into_bytes();
        }
        out.push_str(&format!("Content-Length: {}\r\n\r\n", self.body.len()));
        let mut out = out.into_bytes();
        out.extend_from_slice(&self.body);
        out
    }

    /// Writes the answer and ends TCP.
    pub(crate) async fn send(self, mut stream: Stream) {
        if stream.write(&self.bytes()).await.is_ok() {
            stream.end(Ending::Fin, &mut BytesMut::new()).await;
        }
    }
}

/// The usual phrase of the statuses that tests ask for (RFC 9110 §15).
fn phrase(status: u16) -> &'static str {
    match status {
        200 => "OK",
        204 => "No Content",
        301 => "Moved Permanently",
        302 => "Found",
        400 => "Bad Request",
        401 => "Unauthorized",
        403 => "Forbidden",
        404 => "Not Found",
        405 => "Method Not Allowed",
        413 => "Content Too Large",
        426 => "Upgrade Required",
        500 => "Internal Server Error",
        503 => "Service Unavailable",
        _ => "Status",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_has_its_length_and_no_injected_lines() {
        let response = Response::new(401, "no").header("Location", "a\r\nb");
        let text = String::from_utf8(response.bytes()).expect("text");
        assert!(text.starts_with("HTTP/1.1 401 Unauthorized\r\n"));
        assert!(text.contains("Location: a  b\r\n"));
        assert!(text.ends_with("Content-Length: 2\r\n\r\nno"));
    }

    #[test]
    fn some_statuses_have_no_body() {
        let text = String::from_utf8(Response::new(204, "x").bytes()).expect("text");
        assert!(text.ends_with("Connection: close\r\n\r\n"));
    }
}
