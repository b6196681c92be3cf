//! `wss://` where this build cannot: refused at once, before anything is dialled.
#![cfg(not(all(
    any(feature = "tls-ring", feature = "tls-aws-lc"),
    feature = "tls-platform-verifier",
    feature = "tls-webpki-roots"
)))]

use taro_socket_api::ErrorKind;
use taro_socket_native::NativeConnector;

#[cfg(any(feature = "tls-ring", feature = "tls-aws-lc"))]
fn refused_options(options: taro_socket_native::TlsOptions, part: &str) {
    let built = NativeConnector::builder().tls(options).build();
    let error = built.expect_err(part);
    assert_eq!(error.kind(), ErrorKind::Unsupported, "{error}");
    assert!(error.reason().contains(part), "{part}: {error}");
}

#[cfg(not(all(
    any(feature = "tls-ring", feature = "tls-aws-lc"),
    any(feature = "tls-platform-verifier", feature = "tls-webpki-roots")
)))]
fn refused(connector: &NativeConnector, part: &str) {
    refused_at(connector, "wss://localhost:1/", part);
}

#[cfg(not(all(
    any(feature = "tls-ring", feature = "tls-aws-lc"),
    any(feature = "tls-platform-verifier", feature = "tls-webpki-roots")
)))]
fn refused_at(connector: &NativeConnector, url: &str, part: &str) {
    // No runtime: the option is judged first.
    let option = taro_socket_api::ConnectSocketOption::new(url);
    let error = taro_socket_api::connect_now(connector, option)
        .map(drop)
        .expect_err(part);
    assert_eq!(error.kind(), ErrorKind::Unsupported, "{error}");
    assert!(error.reason().contains(part), "{part}: {error}");
}

#[cfg(not(feature = "__tls"))]
#[test]
fn without_tls() {
    refused(&NativeConnector::new(), "tls-ring");
}

#[cfg(all(
    feature = "__tls",
    not(feature = "tls-ring"),
    not(feature = "tls-aws-lc")
))]
#[test]
fn without_a_provider() {
    refused(&NativeConnector::new(), "rustls_config");
}

#[cfg(all(
    any(feature = "tls-ring", feature = "tls-aws-lc"),
    not(feature = "tls-webpki-roots")
))]
#[test]
fn without_mozillas_roots() {
    let options = taro_socket_native::TlsOptions::new().webpki_roots();
    refused_options(options, "tls-webpki-roots");
}

#[cfg(all(
    any(feature = "tls-ring", feature = "tls-aws-lc"),
    not(feature = "tls-platform-verifier")
))]
#[test]
fn without_the_systems_verifier() {
    let options = taro_socket_native::TlsOptions::new().platform_verifier();
    refused_options(options, "tls-platform-verifier");
}

#[cfg(all(
    any(feature = "tls-ring", feature = "tls-aws-lc"),
    not(feature = "tls-platform-verifier"),
    not(feature = "tls-webpki-roots")
))]
#[test]
fn with_nobody_to_trust() {
    refused(&NativeConnector::new(), "nobody to trust");
    let built = NativeConnector::builder().build();
    refused(&built.expect("fit for ws://"), "nobody to trust");
    refused_options(taro_socket_native::TlsOptions::new(), "nobody to trust");
}

#[cfg(all(
    any(feature = "tls-ring", feature = "tls-aws-lc"),
    not(feature = "tls-platform-verifier"),
    not(feature = "tls-webpki-roots")
))]
#[test]
fn with_nobody_to_trust_at_a_proxy() {
    let proxy = taro_socket_native::Proxy::new("https://localhost:1").expect("a proxy");
    let built = NativeConnector::builder().proxy(proxy).build();
    let connector = built.expect("fit for what no proxy leads to");
    refused_at(&connector, "ws://localhost:1/", "nobody to trust");
}
