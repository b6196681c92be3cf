//! What is refused before anything is dialled, and what is shown of a proxy.

use taro_socket_api::{ErrorKind, RetryAdvice};
use taro_socket_native::{
    ByteStream, DialTarget, Dialer, NativeConnector, Proxy, TlsOptions, async_trait,
};

#[test]
fn a_url_that_is_no_proxys_is_refused() {
    let table = [
        ("socks4://h:1", "socks5h"),
        ("SOCKS4A://h", "socks5h"),
        ("socks://h", "socks5h"),
        ("ftp://h", "none of http"),
        ("ws://h", "none of http"),
        ("", "host"),
        ("http://", "host"),
        ("http://:80", "host"),
        ("http://u@", "host"),
        ("http://h:x", "port"),
        ("http://h:65536", "port"),
        ("http://[::1", "port"),
        ("http://[::g]", "host"),
        ("http://256.0.0.1", "host"),
        ("http://h\t:80", "host"),
        ("http://h/path", "path"),
        ("http://h?query", "path"),
        ("http://u:p#@h", "@ behind"),
        ("http://u%00:p@h", "control"),
        ("http://u:%0d%0a@h", "control"),
        ("http://u%3au:p@h", "colon"),
        ("http://%ff@h", "UTF-8"),
        ("socks5://:p@h", "1 to 255"),
    ];
    for (url, part) in table {
        let error = Proxy::new(url).map(drop).expect_err(url);
        let told = (error.kind(), error.retry());
        assert_eq!(
            told,
            (ErrorKind::InvalidArgument, RetryAdvice::Never),
            "{url}: {error}"
        );
        assert!(error.reason().contains(part), "{part}: {error}");
    }
    let long = "a".repeat(256);
    let error = Proxy::new(format!("socks5h://{long}@h")).map(drop);
    assert!(error.expect_err("too long").reason().contains("255"));
    Proxy::new(format!("http://{long}@h")).expect("long enough for HTTP");
}

#[test]
fn what_cannot_be_told_a_proxy_is_refused_by_build() {
    let proxy = |url: &str| Proxy::new(url).expect(url);
    let table = [
        (proxy("http://h").basic_auth("a:b", "c"), "colon"),
        (proxy("http://h").basic_auth("a", "SECRET\n"), "control"),
        (proxy("socks5://h").basic_auth("", "SECRET"), "1 to 255"),
        (
            proxy("socks5://h").header("A", "SECRET"),
            "SOCKS5 has no header",
        ),
        (proxy("http://h").header("A b", "SECRET"), "not a token"),
        (proxy("http://h").header("A", "SECRET\r\nB: c"), "control"),
        (proxy("http://h").header("Host", "SECRET"), "\"Host\""),
        (
            proxy("http://h").header("Content-Length", "9"),
            "leave it out",
        ),
        (
            proxy("http://h").header("A", "b").header("a", "SECRET"),
            "twice",
        ),
        (
            proxy("http://h").tls(TlsOptions::new()),
            "TLS options need https://",
        ),
        (
            proxy("https://h").tls(TlsOptions::new().only_added_roots()),
            "no root was added",
        ),
        (
            proxy("http://u:p@h").header("Proxy-Authorization", "Bearer SECRET"),
            "leave one out",
        ),
    ];
    for (proxy, part) in table {
        let error = NativeConnector::builder().proxy(proxy).build();
        let error = error.map(drop).expect_err(part);
        assert_eq!(error.kind(), ErrorKind::InvalidArgument, "{error}");
        assert!(error.reason().contains(part), "{part}: {error}");
        assert!(!format!("{error:?}").contains("SECRET"), "{error:?}");
    }
}

/// Dials nothing.
struct Nowhere;

#[async_trait]
impl Dialer for Nowhere {
    async fn dial(&self, _: &DialTarget) -> std::io::Result<ByteStream> {
        Err(std::io::Error::other("nowhere"))
    }
}

#[test]
fn no_proxy_makes_a_connector_with_a_dialer_resolve_names() {
    let built = |scheme: &str| {
        let proxy = Proxy::new(format!("{scheme}://USER:SECRET@h")).expect(scheme);
        let builder = NativeConnector::builder().dialer(Nowhere).proxy(proxy);
        builder.build().map(drop)
    };
    let error = built("socks5").expect_err("a name would be resolved");
    assert_eq!(error.kind(), ErrorKind::InvalidArgument, "{error}");
    assert!(error.reason().contains("write socks5h://"), "{error}");
    assert!(!format!("{error:?}").contains("SECRET"), "{error:?}");
    for scheme in ["http", "https", "socks5h"] {
        built(scheme).expect(scheme);
    }
}

#[test]
fn nothing_secret_is_shown_of_a_proxy() {
    let proxy = Proxy::new("http://USER:SECRET@proxy.example:3128/").expect("a proxy");
    let proxy = proxy.basic_auth("USER", "SECRET").header("X-Key", "SECRET");
    let (shown, debug) = (proxy.to_string(), format!("{proxy:?}"));
    assert_eq!(shown, "http://proxy.example:3128");
    for text in [&shown, &debug] {
        assert!(!text.contains("USER") && !text.contains("SECRET"), "{text}");
    }
    assert!(
        debug.contains("X-Key") && debug.contains("proxy.example"),
        "{debug}"
    );
    let builder = NativeConnector::builder().proxy(proxy);
    let connector = format!("{:?}", builder.build().expect("in order"));
    assert!(!connector.contains("SECRET"), "{connector}");
}
