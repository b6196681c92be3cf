//! Which variable counts.

use super::*;

fn found(url: &str, variables: &[(&str, &str)]) -> Result<Option<(String, &'static str)>> {
    let url = SocketUrl::parse(url).expect("a URL");
    let read = |name: &str| {
        let mut named = variables.iter().filter(|(variable, _)| *variable == name);
        named.next().map(|(_, value)| OsString::from(value))
    };
    let found = proxy(&url, "linux", read)?;
    Ok(found.map(|(proxy, variable)| (proxy.to_string(), variable)))
}

#[test]
fn the_first_variable_of_the_scheme_counts() {
    const ALL: &[(&str, &str)] = &[
        ("ws_proxy", "a"),
        ("WS_PROXY", "b"),
        ("http_proxy", "c"),
        ("HTTP_PROXY", "d"),
        ("wss_proxy", "e"),
        ("WSS_PROXY", "f"),
        ("https_proxy", "g"),
        ("HTTPS_PROXY", "h"),
        ("all_proxy", "i"),
        ("ALL_PROXY", "j"),
    ];
    let order = |url: &str| {
        let mut left = ALL.to_vec();
        let mut order = String::new();
        while let Some((proxy, variable)) = found(url, &left).expect("in order") {
            order.push_str(&proxy.replace("http://", "").replace(":80", ""));
            left.retain(|(name, _)| *name != variable);
        }
        order
    };
    assert_eq!(order("ws://server/"), "abcdij");
    assert_eq!(order("wss://server/"), "efghij");
}

#[test]
fn values_are_urls_of_proxies() {
    let table = [
        ("proxy.example", "http://proxy.example:80"),
        ("proxy.example:3128", "http://proxy.example:3128"),
        (
            "http://user:secret@proxy.example:3128/",
            "http://proxy.example:3128",
        ),
        ("https://proxy.example", "https://proxy.example:443"),
        ("socks5://[::1]", "socks5://[::1]:1080"),
        ("SOCKS5H://127.0.0.1:9050", "socks5h://127.0.0.1:9050"),
        (" http://proxy.example ", "http://proxy.example:80"),
    ];
    for (value, right) in table {
        let found = found("wss://server/", &[("HTTPS_PROXY", value)]).expect(value);
        assert_eq!(found, Some((right.to_owned(), "HTTPS_PROXY")), "{value}");
    }
}

#[test]
fn empty_is_unset_and_no_proxy_leaves_out() {
    let table: [(&[(&str, &str)], bool); 11] = [
        (&[], false),
        (&[("HTTPS_PROXY", "")], false),
        (&[("https_proxy", ""), ("HTTPS_PROXY", "p")], true),
        (&[("https_proxy", ""), ("ALL_PROXY", "p")], true),
        (&[("HTTP_PROXY", "p")], false),
        (&[("HTTPS_PROXY", "p"), ("NO_PROXY", "server")], false),
        (&[("HTTPS_PROXY", "p"), ("no_proxy", "*")], false),
        (
            &[
                ("HTTPS_PROXY", "p"),
                ("no_proxy", "other"),
                ("NO_PROXY", "*"),
            ],
            true,
        ),
        (
            &[("HTTPS_PROXY", "p"), ("no_proxy", ""), ("NO_PROXY", "*")],
            false,
        ),
        (&[("HTTPS_PROXY", "p"), ("NO_PROXY", "server:80")], true),
        // What is wrong is not looked at where it is not needed.
        (
            &[("HTTPS_PROXY", "socks4://p"), ("NO_PROXY", "server")],
            false,
        ),
    ];
    for (variables, proxied) in table {
        let found = found("wss://server/", variables).expect("in order");
        assert_eq!(found.is_some(), proxied, "{variables:?}");
    }
}

/// RFC 3875 §4.1.18: there `HTTP_PROXY` is what a client sent as its field `Proxy`.
#[test]
fn a_cgi_program_does_not_take_a_proxy_from_a_request() {
    let request = ("REQUEST_METHOD", "GET");
    let upper = ("HTTP_PROXY", "evil");
    assert_eq!(
        found("ws://server/", &[request, upper]).expect("in order"),
        None
    );
    for other in ["http_proxy", "ALL_PROXY"] {
        let found = found("ws://server/", &[request, upper, (other, "p")]);
        assert_eq!(
            found.expect("in order").map(|(_, variable)| variable),
            Some(other)
        );
    }
}

#[test]
fn where_names_have_no_case_a_request_names_no_proxy_in_either() {
    let of = |variables: &[(&str, &str)]| {
        let url = SocketUrl::parse("ws://server/").expect("a URL");
        let read = |name: &str| {
            let mut named = variables
                .iter()
                .filter(|(variable, _)| variable.eq_ignore_ascii_case(name));
            named.next().map(|(_, value)| OsString::from(value))
        };
        let found = proxy(&url, "windows", read).expect("in order");
        found.map(|(_, variable)| variable)
    };
    let request = ("REQUEST_METHOD", "GET");
    for name in ["HTTP_PROXY", "http_proxy", "Http_Proxy"] {
        let evil = (name, "evil");
        assert_eq!(of(&[request, evil]), None, "{name}");
        assert_eq!(of(&[request, evil, ("ALL_PROXY", "p")]), Some("all_proxy"));
        assert_eq!(of(&[evil]), Some("http_proxy"), "no CGI program");
    }
}

#[test]
fn what_is_wrong_is_told_with_the_variable_and_without_its_value() {
    let table = [
        ("ftp://user:SECRET@proxy", "none of http"),
        ("socks4://user:SECRET@proxy", "SOCKS4"),
        ("http://user:SECRET@:3128", "host"),
        ("http://user:SECRET@proxy:SECRET", "port"),
        ("http://user:SECRET@proxy:65536", "port"),
        ("http://user:SEC/RET@proxy:3128", "@ behind"),
        ("http://user:SEC?RET@proxy:3128", "%3F"),
        ("http://user:1/SECRET@proxy:3128", "@ behind"),
        ("http://user:SECRET%ff@proxy", "UTF-8"),
        ("http://user:SECRET%0a@proxy", "control"),
        ("http://us%3Aer:SECRET@proxy", "colon"),
        ("socks5://:SECRET@proxy", "1 to 255"),
        ("http://proxy/SECRET", "path"),
        ("http://pro xy", "host"),
        ("http://", "host"),
        ("://SECRET", "none of http"),
    ];
    for (value, part) in table {
        let error = found("wss://server/", &[("HTTPS_PROXY", value)]).expect_err(value);
        assert_eq!(error.kind(), taro_socket_api::ErrorKind::InvalidArgument);
        let all = format!("{error} {error:?}");
        assert!(
            all.contains("variable HTTPS_PROXY") && all.contains(part),
            "{value}: {all}"
        );
        assert!(
            !all.contains("SEC") && !all.contains("RET"),
            "{value}: {all}"
        );
    }
}
