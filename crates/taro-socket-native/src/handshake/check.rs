//! A 101 that is what was asked for.

use taro_socket_api::OpenEvent;
use tokio_tungstenite::tungstenite::handshake::derive_accept_key;

use crate::{error::excerpt::line, http::Head};

/// RFC 6455 §4.1, the checks on the server's response, 2 to 6; what is wrong, and what helps.
pub(super) fn check(head: Head, key: &str, offered: &[String]) -> Result<OpenEvent, String> {
    if head.outdated {
        return Err("the answer is HTTP/1.0, which has no 101: let the server, or the proxy between, speak HTTP/1.1".into());
    }
    let upgrade: Vec<_> = head.elements("upgrade").collect();
    // §4.1, 2: the value itself, not one among others.
    if !matches!(upgrade[..], [value] if value.eq_ignore_ascii_case("websocket")) {
        return Err(not_said("Upgrade: websocket", &upgrade.join(", ")));
    }
    let connection: Vec<_> = head.elements("connection").collect();
    if !connection
        .iter()
        .any(|token| token.eq_ignore_ascii_case("upgrade"))
    {
        return Err(not_said("Connection: Upgrade", &connection.join(", ")));
    }
    let accept = single(&head, "Sec-WebSocket-Accept")?;
    if accept != Some(&derive_accept_key(key.as_bytes())) {
        return Err("Sec-WebSocket-Accept does not match the key that was sent: a cache or proxy between answered, or the server is no WebSocket server".into());
    }
    let extensions: Vec<_> = head.elements("sec-websocket-extensions").collect();
    if !extensions.is_empty() {
        let extensions = line(&extensions.join(", "));
        return Err(format!(
            "the server uses an extension that was not offered ({extensions}): let it use only what the client offers"
        ));
    }
    let protocol = selected(&head, offered)?;
    Ok(OpenEvent::new(head.header, protocol))
}

fn not_said(expected: &str, found: &str) -> String {
    let found = match found {
        "" => "none".to_owned(),
        found => line(found),
    };
    format!(
        "the answer has to say `{expected}` (found: {found}): a proxy between may have changed it, over wss:// it cannot"
    )
}

/// The value of a field that may not appear twice (RFC 6455 §11.3.3, §11.3.4).
fn single<'a>(head: &'a Head, name: &str) -> Result<Option<&'a str>, String> {
    let mut values = head.values(name);
    let value = values.next();
    match values.next() {
        Some(_) => Err(format!(
            "the answer has {name} twice: let the server send it once"
        )),
        None => Ok(value),
    }
}

/// Subprotocols stand in no text: some are tokens.
fn selected(head: &Head, offered: &[String]) -> Result<Option<String>, String> {
    match single(head, "Sec-WebSocket-Protocol")? {
        None if offered.is_empty() => Ok(None),
        None => Err(format!(
            "the server selected none of the subprotocols offered ({}): offer one that it knows, or none",
            offered.len()
        )),
        Some(selected) if offered.iter().any(|protocol| protocol == selected) => {
            Ok(Some(selected.to_owned()))
        }
        // Not the value: it may be the token that was offered, in another form.
        Some(selected) => Err(format!(
            "the server selected a subprotocol ({} bytes) which was not offered: offer it, or let the server select an offered one",
            selected.len()
        )),
    }
}
