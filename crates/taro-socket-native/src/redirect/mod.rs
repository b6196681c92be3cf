//! Redirects of the opening handshake: whether, where to, and with what.

mod reference;

use taro_socket_api::{ConnectRequest, SocketUrl};

use crate::{error::excerpt, name};

/// Longest `Location` that is followed: what RFC 9110 §4.1 asks everybody to take, and a little more.
const MAX_BYTES: usize = 8 << 10;

/// Credentials, which are for the origin that they were given for.
const CREDENTIALS: [&str; 3] = ["authorization", "cookie", "proxy-authorization"];

/// Whose server a place is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Origin {
    /// Of the URL that the program asked for: scheme, host and port.
    Asked,
    /// Of another, or of one that another led to.
    Other,
}

/// The present request of a connection, and the places that redirected.
#[derive(Debug)]
pub(crate) struct Chain {
    pub(crate) request: ConnectRequest,
    pub(crate) origin: Origin,
    limit: u32,
    left: Vec<SocketUrl>,
}

impl Chain {
    /// A connection that may be redirected so often.
    pub(crate) fn new(request: ConnectRequest, limit: u32) -> Self {
        Self {
            request,
            origin: Origin::Asked,
            limit,
            left: Vec::new(),
        }
    }

    /// Goes where an answer leads; whether it leads anywhere. Or why that is not followed, the end of a sentence about
    /// the answer.
    pub(crate) fn follow(&mut self, status: u16, locations: &[&str]) -> Result<bool, String> {
        if self.limit == 0 || !matches!(status, 301 | 302 | 303 | 307 | 308) {
            return Ok(false);
        }
        let location = match locations {
            [] => return Ok(false),
            [location] => *location,
            _ => {
                return Err(
                    "it redirects to more than one place: let the server send Location once".into(),
                );
            }
        };
        let unfollowed = |place: &str, why: &str| {
            format!("it redirects to {place}, which is not followed: {why}")
        };
        let url = self
            .target(location)
            .map_err(|why| unfollowed(&excerpt::location(location), &why))?;
        self.check(&url)
            .map_err(|why| unfollowed(&shown(&url), &why))?;
        self.go(url);
        Ok(true)
    }

    /// Where `location` leads to, or what is wrong with it.
    fn target(&self, location: &str) -> Result<SocketUrl, String> {
        if location.len() > MAX_BYTES {
            return Err(format!(
                "it has {} bytes: let the server send {MAX_BYTES} at most",
                location.len()
            ));
        }
        reference::resolve(self.request.url(), location).ok_or_else(|| {
            "it is no place for a WebSocket: let the server send a URL of ws, wss, http or https, \
             with a sound host and no user name"
                .to_owned()
        })
    }

    /// Why nobody goes there.
    fn check(&self, url: &SocketUrl) -> Result<(), String> {
        let here = self.request.url();
        if here.is_secure() && !url.is_secure() {
            let (from, to) = (shown(here), shown(url));
            return Err(format!(
                "from {from} to {to} TLS would be lost: let the server redirect to wss:// or https://"
            ));
        }
        let mut passed = self.left.iter().chain([here]);
        if passed.any(|passed| passed == url) {
            let places = self.places(url);
            return Err(format!(
                "it leads in a circle ({places}): check the redirects of these servers"
            ));
        }
        if self.left.len() >= self.limit as usize {
            let (limit, places) = (self.limit, self.places(url));
            return Err(format!(
                "the limit of {limit} is reached ({places}): connect there, or raise max_redirects"
            ));
        }
        Ok(())
    }

    fn go(&mut self, url: SocketUrl) {
        let here = self.request.url();
        if here.is_secure() != url.is_secure() || here.authority() != url.authority() {
            self.origin = Origin::Other;
        }
        let is_credential = |name: &str| CREDENTIALS.iter().any(|c| c.eq_ignore_ascii_case(name));
        let origin = self.origin;
        self.left.push(here.clone());
        self.request = self
            .request
            .redirected(url, |name| origin == Origin::Asked || !is_credential(name));
    }

    /// The places passed, and the next.
    fn places(&self, next: &SocketUrl) -> String {
        let passed = self.left.iter().chain([self.request.url(), next]);
        let places: Vec<_> = passed.map(listed).collect();
        places.join(", ")
    }
}

/// Scheme, host, port and path. A URL that was taken has no user name: an `@` is the path's.
fn shown(url: &SocketUrl) -> String {
    let scheme = if url.is_secure() { "wss" } else { "ws" };
    let query = if url.target().contains('?') {
        "…"
    } else {
        ""
    };
    excerpt::line(&format!(
        "{scheme}://{}{}{query}",
        url.authority(),
        path(url)
    ))
}

/// Host, port and path.
fn listed(url: &SocketUrl) -> String {
    excerpt::line(&format!("{}{}", name::place(url), path(url)))
}

fn path(url: &SocketUrl) -> &str {
    url.target().split('?').next().unwrap_or_default()
}

#[cfg(test)]
mod tests;
