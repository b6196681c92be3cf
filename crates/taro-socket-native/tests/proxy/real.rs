//! Through tinyproxy and microsocks.

use taro_socket_api::{Error, ErrorKind, RetryAdvice};
use taro_socket_native::{NativeConnector, Proxy};

use crate::{
    authority::Authority,
    program::{microsocks, tinyproxy},
    support::{echo, secure_echo, talk, through, trusting},
};

const USER: (&str, &str) = ("user", "p.w-x");
/// As they may stand in a URL.
const ENCODED: &str = "user:p%2Ew%2dx";

fn assert_no_secret(error: &Error) {
    let all = format!("{error} {error:?}");
    for secret in ["p.w", "p%2E", "dXNlcjpw"] {
        assert!(!all.contains(secret), "{all}");
    }
}

fn assert_unauthenticated(error: &Error, status: Option<u16>, part: &str) {
    let told = (error.kind(), error.retry(), error.status());
    let right = (ErrorKind::ProxyAuthentication, RetryAdvice::Never, status);
    assert_eq!(told, right, "{error}");
    assert!(error.reason().contains(part), "{part}: {error}");
    assert_no_secret(error);
}

#[tokio::test]
async fn connect_opens_the_way() {
    let (proxy, server) = (tinyproxy(None).await, echo().await);
    let proxy = format!("http://{}", proxy.at);
    for host in ["127.0.0.1", "localhost"] {
        let url = format!("ws://{host}:{}/", server.port());
        through(&proxy, &url).await.expect(host);
    }
}

#[tokio::test]
async fn connect_gives_the_credentials() {
    let (proxy, server) = (tinyproxy(Some(USER)).await, echo().await);
    let (at, url) = (proxy.at, format!("ws://{server}/"));
    through(&format!("http://{ENCODED}@{at}"), &url)
        .await
        .expect("in the URL");
    let proxy = Proxy::new(format!("http://{at}")).expect("a proxy");
    let with = |user, password| {
        let proxy = proxy.clone().basic_auth(user, password);
        NativeConnector::builder().proxy(proxy)
    };
    talk(with(USER.0, USER.1), &url)
        .await
        .expect("by basic_auth");
    let error = talk(with(USER.0, "p.w"), &url)
        .await
        .expect_err("another password");
    // So says tinyproxy; 407 is the one of RFC 9110.
    assert_unauthenticated(&error, Some(401), "check user name and password");
    let error = through(&format!("http://{at}"), &url)
        .await
        .expect_err("none");
    assert_unauthenticated(&error, Some(407), "Proxy::basic_auth");
    assert!(error.reason().contains("Tinyproxy"), "the realm: {error}");
}

#[tokio::test]
async fn tls_goes_through_connect() {
    let authority = Authority::new();
    let (proxy, server) = (tinyproxy(None).await, secure_echo(&authority).await);
    let proxy = Proxy::new(format!("http://{}", proxy.at)).expect("a proxy");
    let url = format!("wss://localhost:{}/", server.port());
    let builder = trusting(&authority).proxy(proxy);
    talk(builder, &url).await.expect("it opens");
}

#[tokio::test]
async fn a_server_that_is_not_there_is_told_by_the_proxy() {
    let proxy = tinyproxy(None).await;
    let error = through(&format!("http://{}", proxy.at), "ws://127.0.0.1:1/")
        .await
        .expect_err("nobody listens");
    assert_eq!(error.kind(), ErrorKind::Proxy, "{error}");
    assert!(
        error.status().is_some_and(|status| status >= 500),
        "{error}"
    );
    for part in ["127.0.0.1:1", &proxy.at.to_string(), "[resolve", "proxy"] {
        assert!(error.reason().contains(part), "{part}: {error}");
    }
}

#[tokio::test]
async fn socks5_opens_the_way() {
    let (proxy, server) = (microsocks(None).await, echo().await);
    for scheme in ["socks5", "socks5h"] {
        let proxy = format!("{scheme}://{}", proxy.at);
        for host in ["127.0.0.1", "localhost"] {
            let url = format!("ws://{host}:{}/", server.port());
            through(&proxy, &url).await.expect(&url);
        }
    }
}

#[tokio::test]
async fn socks5_gives_the_credentials() {
    let (proxy, server) = (microsocks(Some(USER)).await, echo().await);
    let (at, url) = (proxy.at, format!("ws://{server}/"));
    through(&format!("socks5h://{ENCODED}@{at}"), &url)
        .await
        .expect("in the URL");
    let error = through(&format!("socks5h://user:p.w@{at}"), &url).await;
    assert_unauthenticated(&error.expect_err("another"), None, "check them");
    let error = through(&format!("socks5h://{at}"), &url).await;
    assert_unauthenticated(&error.expect_err("none"), None, "Proxy::basic_auth");
}

#[tokio::test]
async fn tls_goes_through_socks5() {
    let authority = Authority::new();
    let (proxy, server) = (microsocks(None).await, secure_echo(&authority).await);
    let proxy = Proxy::new(format!("socks5h://{}", proxy.at)).expect("a proxy");
    let url = format!("wss://localhost:{}/", server.port());
    let builder = trusting(&authority).proxy(proxy);
    talk(builder, &url).await.expect("it opens");
}

#[tokio::test]
async fn what_socks5_refuses_is_told_in_words() {
    let proxy = microsocks(None).await;
    for scheme in ["socks5", "socks5h"] {
        let error = through(&format!("{scheme}://{}", proxy.at), "ws://127.0.0.1:1/").await;
        let error = error.expect_err("nobody listens");
        assert_eq!(error.kind(), ErrorKind::Proxy, "{error}");
        assert_eq!(error.retry(), RetryAdvice::Later, "{error}");
        assert!(error.reason().contains("refused the connection"), "{error}");
    }
}
