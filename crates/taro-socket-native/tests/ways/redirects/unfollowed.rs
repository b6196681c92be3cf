//! Redirects that are not followed although redirects are.

use taro_socket_api::{ConnectSocketOption, ErrorKind, RetryAdvice};
use taro_socket_native::{ByteStream, NativeConnector};

use super::{following, outcome};
use crate::site::{Site, plain, serve, to};

/// Fields of an answer to `/a?SECRET`, and parts of the error.
const TABLE: &[(&str, &[&str])] = &[
    ("", &["without saying where to"]),
    (
        "Location: /x\r\nLocation: /y\r\n",
        &["more than one place", "once"],
    ),
    ("Location: /x\r\nlocation: /x\r\n", &["more than one place"]),
    ("Location: http://[::1/\r\n", &["no place for a WebSocket"]),
    ("Location: http://a b/x\r\n", &["no place for a WebSocket"]),
    (
        "Location: ftp://h/x\r\n",
        &["ftp://h/x", "ws, wss, http or https"],
    ),
    (
        "Location: http://user:SECRET@h/x\r\n",
        &["http://h/x", "no user name"],
    ),
    (
        "Location: http://h:99999/\r\n",
        &["no place for a WebSocket"],
    ),
    ("Location: //\r\n", &["no place for a WebSocket"]),
    ("Location: \r\n", &["circle (PLACE/a, PLACE/a)"]),
    ("Location: #SECRET\r\n", &["circle (PLACE/a, PLACE/a)"]),
    ("Location: a?SECRET\r\n", &["circle (PLACE/a, PLACE/a)"]),
];

#[tokio::test]
async fn places_that_are_none() {
    for (fields, parts) in TABLE {
        let site = Site::new(|_| plain(302, fields)).await;
        let error = outcome(following(), site.url("/a?SECRET"))
            .await
            .expect_err(fields);
        let told = (error.kind(), error.status(), error.retry());
        let expected = (ErrorKind::Handshake, Some(302), RetryAdvice::Later);
        assert_eq!(told, expected, "{error}");
        for part in *parts {
            let part = part.replace("PLACE", &site.place());
            assert!(error.reason().contains(&part), "{part}: {error}");
        }
        assert!(!error.reason().contains("SECRET"), "{error}");
        assert_eq!(site.targets().len(), 1, "{error}");
    }
}

#[tokio::test]
async fn a_place_that_is_no_text() {
    let site = crate::server::answering(|_| {
        b"HTTP/1.1 302 Found\r\nLocation: /\xe9\r\nContent-Length: 0\r\n\r\n".to_vec()
    })
    .await;
    let error = outcome(following(), format!("ws://{site}/"))
        .await
        .expect_err("Latin-1");
    assert!(
        error.reason().contains("no place for a WebSocket"),
        "{error}"
    );
}

#[tokio::test]
async fn circles_list_their_places() {
    let site = Site::new(|target| match target {
        "/a" => to(302, "/b?SECRET"),
        "/b?SECRET" => to(302, "/c"),
        _ => to(302, "/b?SECRET"),
    })
    .await;
    let error = outcome(following(), site.url("/a"))
        .await
        .expect_err("a circle");
    let places = ["/a", "/b", "/c", "/b"].map(|path| format!("{}{path}", site.place()));
    let expected = format!("in a circle ({})", places.join(", "));
    assert!(error.reason().contains(&expected), "{error}");
    assert_eq!(site.targets(), ["/a", "/b?SECRET", "/c"]);
    let response = error.response().expect("the last answer");
    assert_eq!(response.header.get("location"), Some("/b?SECRET"));
}

/// The same path with another query is another place: a server may count so.
#[tokio::test]
async fn the_limit_is_a_limit() {
    for limit in [1, 5, 20] {
        let site = Site::new(|target| to(307, &format!("{target}x"))).await;
        let builder = following().max_redirects(limit);
        let error = outcome(builder, site.url("/?")).await.expect_err("endless");
        assert_eq!(site.targets().len(), limit as usize + 1, "{error}");
        assert_eq!(error.status(), Some(307), "{error}");
        let expected = format!("the limit of {limit} is reached ({}/, ", site.place());
        assert!(error.reason().contains(&expected), "{error}");
        assert!(error.reason().contains("max_redirects"), "{error}");
    }
}

#[test]
fn a_limit_beyond_that_of_browsers_is_refused() {
    assert!(following().max_redirects(20).build().is_ok());
    let error = following().max_redirects(21).build().expect_err("21");
    assert_eq!(error.kind(), ErrorKind::InvalidArgument, "{error}");
    assert!(error.reason().contains("0 to 20"), "{error}");
}

#[tokio::test]
async fn a_given_stream_is_not_left() {
    let (ours, theirs) = tokio::io::duplex(4096);
    let answer = std::sync::Arc::new(|_: &str| to(302, "/b"));
    tokio::spawn(serve(theirs, answer, std::sync::Arc::default()));
    let connector: NativeConnector = following().build().expect("a connector");
    let option = ConnectSocketOption::new("ws://nowhere.invalid/a");
    let task = connector.connect_over(ByteStream::new(ours), option);
    let error = task.expect("a task").opened().await.expect_err("refused");
    assert_eq!(error.status(), Some(302), "{error}");
    assert!(
        error.reason().contains("not followed: connect there"),
        "{error}"
    );
}

#[cfg(not(feature = "__tls"))]
#[tokio::test]
async fn without_tls_none_leads_there() {
    let site = Site::new(|_| to(302, "wss://127.0.0.1:1/")).await;
    let error = outcome(following(), site.url("/a"))
        .await
        .expect_err("no TLS");
    assert_eq!(error.kind(), ErrorKind::Unsupported, "{error}");
    assert!(error.reason().ends_with("; 127.0.0.1:1]"), "{error}");
}
