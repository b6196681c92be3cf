//! What a proxy refuses.

use super::*;

#[tokio::test]
async fn statuses_are_told_with_what_helps() {
    use ErrorKind::{Proxy, ProxyAuthentication};
    use RetryAdvice::{Later, Never};
    let table = [
        (101, Proxy, Later, "log"),
        (302, Proxy, Later, "portal"),
        (400, Proxy, Never, "check that a proxy"),
        (
            401,
            ProxyAuthentication,
            Never,
            "check user name and password",
        ),
        (403, Proxy, Never, "NO_PROXY"),
        (404, Proxy, Never, "check host and port"),
        (405, Proxy, Later, "CONNECT"),
        (
            407,
            ProxyAuthentication,
            Never,
            "check user name and password",
        ),
        (418, Proxy, Later, "log"),
        (429, Proxy, Later, "later"),
        (500, Proxy, Later, "could not reach the server"),
        (501, Proxy, Later, "CONNECT"),
        (502, Proxy, Later, "could not reach the server"),
        (504, Proxy, Later, "could not reach the server"),
        (999, Proxy, Later, "log"),
    ];
    for (status, kind, advice, part) in table {
        let error = refused(format!("HTTP/1.1 {status} Some phrase\r\n\r\nbody")).await;
        let told = (error.kind(), error.retry(), error.status());
        assert_eq!(told, (kind, advice, Some(status)), "{error}");
        for part in [part, &format!("{status} Some phrase")] {
            assert!(error.reason().contains(part), "{part}: {error}");
        }
        assert!(
            error.response().is_none(),
            "it is not the server's: {error}"
        );
    }
}

#[tokio::test]
async fn a_407_names_the_realm_and_what_it_asks_for() {
    let head = "HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: ";
    let error = refused(format!("{head}Basic realm=\"The \\\"office\\\"\"\r\n\r\n")).await;
    assert!(error.reason().contains("for The \"office\""), "{error}");
    let lists = [
        "Negotiate, Basic realm=\"here\"",
        "Digest realm=\"a, b\", nonce=\"c\", basic realm=here",
    ];
    for list in lists {
        let error = refused(format!("{head}{list}\r\n\r\n")).await;
        for part in ["credentials for here that", "check user name"] {
            assert!(error.reason().contains(part), "{part}: {error}");
        }
    }
    let negotiate = format!("{head}Negotiate\r\nProxy-Authenticate: NTLM\r\n\r\n");
    let error = refused(negotiate).await;
    for part in ["Negotiate, NTLM", "Proxy::header"] {
        assert!(error.reason().contains(part), "{part}: {error}");
    }
    let hostile = format!("{head}Basic realm=\"{}\u{202e}\"\r\n\r\n", "x".repeat(9000));
    let error = refused(hostile).await;
    assert!(
        error.reason().len() < 1000,
        "short: {}",
        error.reason().len()
    );
}

#[tokio::test]
async fn a_407_tells_whether_credentials_were_given() {
    let head = "HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic\r\n\r\n";
    let table = [
        (None, "give them by Proxy::basic_auth"),
        (Some("X-Trace"), "give them by Proxy::basic_auth"),
        (Some("proxy-AUTHORIZATION"), "it was given"),
    ];
    for (field, part) in table {
        let at = answering(move |_| head.into()).await;
        let proxy = Proxy::new(format!("http://{at}")).expect("a proxy");
        let proxy = match field {
            Some(name) => proxy.header(name, "a"),
            None => proxy,
        };
        let error = outcome(proxy, "ws://server.invalid/").await;
        let error = error.expect_err("refused");
        assert_eq!(error.kind(), ErrorKind::ProxyAuthentication, "{error}");
        assert!(error.reason().contains(part), "{field:?}: {error}");
    }
}
