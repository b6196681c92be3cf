//! The browser's URL parser and ours agree.

use taro_socket_api::{ConnectSocketOption, ErrorKind, Result, SocketConnector, SocketUrl};
use taro_socket_h5::H5Connector;
use taro_socket_test_urls::{REFUSED, TAKEN, Urls};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::socket::{FACE, Fake, connect};

const CASES: usize = 120_000;

fn browser(url: &str) -> Result<SocketUrl> {
    H5Connector::new().parse_url(url)
}

/// What is the same, where Chromium writes more escapes than the standard: `|` in a path, and some characters of a host.
fn alike(url: &SocketUrl) -> (String, String) {
    let mut authority = url.authority().to_owned();
    for character in " !\"$&'()*+,;=_`{}~".chars() {
        let escape = format!("%{:02X}", u32::from(character));
        authority = authority.replace(&escape, &character.to_string());
    }
    let (path, query) = match url.target().split_once('?') {
        Some((path, query)) => (path, query),
        None => (url.target(), "-"),
    };
    (authority, format!("{}?{query}", path.replace('|', "%7C")))
}

/// Whether a name beyond ASCII decides: its characters are in tables, which the browser has, and which engines look into
/// for `xn--` forms or not.
fn beyond_ascii(refused: &taro_socket_api::Error, taken: &SocketUrl) -> bool {
    let form = |label: &str| label.starts_with("xn--");
    refused.reason().contains("xn-- form") || taken.authority().split('.').any(form)
}

fn compare(url: &str) -> bool {
    match (SocketUrl::parse(url), browser(url)) {
        (Ok(ours), Ok(theirs)) => {
            assert_eq!(ours.is_secure(), theirs.is_secure(), "{url:?}");
            assert_eq!(alike(&ours), alike(&theirs), "{url:?}");
            true
        }
        (Err(_), Err(error)) => {
            assert_eq!(error.kind(), ErrorKind::InvalidArgument, "{url:?}");
            true
        }
        (Ok(taken), Err(refused)) | (Err(refused), Ok(taken)) => {
            assert!(beyond_ascii(&refused, &taken), "{url:?} {taken} {refused}");
            false
        }
    }
}

#[wasm_bindgen_test]
fn as_the_browser_parses() {
    let alike = Urls::new(12).take(CASES).filter(|url| compare(url));
    let alike = alike.count();
    assert!(alike > CASES * 9 / 10, "{alike} of {CASES} are alike");
}

#[wasm_bindgen_test]
fn the_table_is_that_of_the_browser() {
    for (url, right) in TAKEN {
        let right = SocketUrl::parse(right).expect(right);
        let theirs = browser(url).unwrap_or_else(|error| panic!("{url:?}: {error}"));
        assert_eq!(alike(&theirs), alike(&right), "{url:?}");
    }
    for url in REFUSED {
        let error = browser(url).expect_err(url);
        assert_eq!(error.kind(), ErrorKind::InvalidArgument, "{url:?}");
        assert!(error.reason().starts_with("url "), "{error}");
    }
}

#[wasm_bindgen_test]
async fn the_class_is_given_what_goes_on_the_wire() {
    FACE.install();
    let url = " HTTPS://中国:443/a/../聊天?q=1 2%\n";
    drop(connect(ConnectSocketOption::new(url)).await.expect("made"));
    let given = Fake::last().arguments().get(0).as_string();
    let right = "wss://xn--fiqs8s/%E8%81%8A%E5%A4%A9?q=1%202%";
    assert_eq!(given.as_deref(), Some(right));
}

/// A refusal of the browser's repeats the URL in some engines.
#[wasm_bindgen_test]
fn refusals_keep_secrets() {
    for url in [
        "wss://a b/?token=secret",
        "h?token=secret",
        "wss://h/?token=secret#x",
        "wss://u:secret@h/",
    ] {
        let error = browser(url).expect_err(url);
        assert!(!error.to_string().contains("secret"), "{error}");
        assert!(!format!("{error:?}").contains("secret"), "{error:?}");
    }
}
