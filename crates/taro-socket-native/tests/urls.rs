//! URLs are parsed as the crate `url` parses them, and what is accepted is not refused later as an argument.

use taro_socket_api::{
    ConnectSocketOption, ErrorKind, Result, SocketConnector, SocketUrl, connect_now,
};
use taro_socket_native::NativeConnector;
use taro_socket_test_urls::{REFUSED, TAKEN, TAKEN_WITH_TABLES, Urls, has_drive, others};

fn parse(url: &str) -> Result<SocketUrl> {
    NativeConnector::new().parse_url(url)
}

#[test]
fn the_table() {
    for (url, right) in TAKEN.iter().chain(TAKEN_WITH_TABLES) {
        let parsed = parse(url).unwrap_or_else(|error| panic!("{url:?}: {error}"));
        assert_eq!(parsed.as_str(), *right, "{url:?}");
    }
    for url in REFUSED
        .iter()
        .chain(&["ws://xn--a", "ws://a.xn--pokxncvks", "ws://xn--"])
    {
        let error = parse(url).expect_err(url);
        assert_eq!(error.kind(), ErrorKind::InvalidArgument, "{url:?}");
    }
}

#[test]
fn as_others_parse() {
    for url in Urls::new(27).filter(|url| !has_drive(url)).take(120_000) {
        let ours = parse(&url).map(|url| url.to_string());
        assert_eq!(
            ours.as_deref().ok(),
            others(&url).as_deref(),
            "{url:?} {ours:?}"
        );
    }
}

/// Names that no name server takes fail, and not as arguments.
#[tokio::test]
async fn an_accepted_url_is_no_argument_error_later() {
    for url in [
        "ws://a..b/",
        "ws://./",
        "wss://*/",
        "ws://127.0.0.1:0/",
        "wss://a_b.invalid/",
        "ws://[::]:0/",
    ] {
        let task = connect_now(&NativeConnector::new(), ConnectSocketOption::new(url)).expect(url);
        let error = task.opened().await.expect_err(url);
        assert_ne!(error.kind(), ErrorKind::InvalidArgument, "{url}: {error}");
    }
}

#[tokio::test]
async fn a_refused_url_makes_no_task() {
    for url in [
        "ws://a%2fb/",
        "ws://%00/",
        "ws://256.1.1.1/",
        "ws://a b/",
        "ws://xn--a/",
        "ws://\u{ff0f}a/",
        "ws://\u{ad}/",
    ] {
        let made = connect_now(&NativeConnector::new(), ConnectSocketOption::new(url));
        assert_eq!(
            made.err().map(|error| error.kind()),
            Some(ErrorKind::InvalidArgument),
            "{url}"
        );
    }
}
