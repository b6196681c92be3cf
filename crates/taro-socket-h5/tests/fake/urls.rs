//! The browser's URL parser and ours agree.

use taro_socket_api::{ConnectSocketOption, Error, ErrorKind, Result, SocketConnector, SocketUrl};
use taro_socket_h5::H5Connector;
use taro_socket_test_urls::{REFUSED, TAKEN, Urls};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::socket::{FACE, Fake, connect};

const CASES: usize = 100_000;

fn browser(url: &str) -> Result<SocketUrl> {
    H5Connector::new().parse_url(url)
}

/// The URL as Chromium writes it: with `|` escaped in a path (WHATWG URL §1.3, path percent-encode set, has no `|`).
fn alike(url: &SocketUrl) -> String {
    let target = url.target();
    let path = target.find('?').unwrap_or(target.len());
    let (path, query) = target.split_at(path);
    [url.authority(), &path.replace('|', "%7C"), query].concat()
}

/// Where engines and the standard differ, and so may we.
fn may_differ(url: &str, refused: &Error, taken: &SocketUrl) -> bool {
    let host = taken.authority();
    // Characters beyond ASCII are in tables, which the browser has, and which not every engine looks into for `xn--`.
    let tables = refused.reason().contains("xn-- form")
        || host.split('.').any(|label| label.starts_with("xn--"));
    // Chromium escapes these in a host, which is then refused.
    let escaped = host.contains(|character| "!\"$&'()*+,;=`{}~".contains(character));
    // In an IPv6 address Chromium takes leading zeros of the IPv4 part, wide digits and what mapping drops, also if
    // percent-encoded, WebKit a colon at the end.
    let lenient = url.contains(['.', '%']) || url.contains(":]") || !url.is_ascii();
    let address = host.starts_with('[') && lenient;
    let cleaned = url.replace(['\t', '\n', '\r'], "").to_ascii_lowercase();
    // Firefox takes `0x` for no number, and drops U+0000 from a port.
    let number = host.starts_with(|c: char| c.is_ascii_digit()) && cleaned.contains("0x");
    let firefox = number || (url.contains('\0') && refused.reason().contains("its port"));
    tables || escaped || address || firefox
}

/// Whether both say the same; what they say if they may not differ.
fn compare(url: &str) -> std::result::Result<bool, String> {
    match (SocketUrl::parse(url), browser(url)) {
        (Ok(ours), Ok(theirs)) => {
            let same = ours.is_secure() == theirs.is_secure() && alike(&ours) == alike(&theirs);
            same.then_some(true)
                .ok_or_else(|| format!("{url:?}: {ours} and {theirs}"))
        }
        (Err(_), Err(error)) => Ok(error.kind() == ErrorKind::InvalidArgument),
        (Ok(taken), Err(refused)) | (Err(refused), Ok(taken)) => {
            let may = may_differ(url, &refused, &taken);
            may.then_some(false)
                .ok_or_else(|| format!("{url:?}: {taken}, and {refused}"))
        }
    }
}

fn agree(urls: impl Iterator<Item = String>) -> usize {
    let results: Vec<_> = urls.map(|url| compare(&url)).collect();
    let wrong: Vec<_> = results
        .iter()
        .filter_map(|result| result.as_ref().err())
        .take(20)
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
    results.iter().filter(|result| **result == Ok(true)).count()
}

#[wasm_bindgen_test]
fn as_the_browser_parses() {
    // The parser of workers is that of pages: a sample is enough there.
    let page = js_sys::Reflect::has(&js_sys::global(), &"document".into()) == Ok(true);
    let cases = if page { CASES } else { CASES / 40 };
    let alike = agree(Urls::new(12).take(cases));
    assert!(alike > cases * 9 / 10, "{alike} of {cases} are alike");
}

#[wasm_bindgen_test]
fn the_table_is_that_of_the_browser() {
    let table = TAKEN.iter().map(|(url, _)| url).chain(REFUSED);
    let alike = agree(table.map(|url| (*url).to_owned()));
    let few = TAKEN.len() + REFUSED.len() - alike;
    assert!(few < 5, "{few} are not alike");
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
