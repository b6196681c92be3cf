//! Options that are refused before anything is dialled.

use taro_socket_api::RetryAdvice;

use super::*;

fn text(options: &TlsOptions) -> String {
    let error = prepare(options).map(drop).expect_err("refused");
    let told = (error.kind(), error.retry());
    assert_eq!(
        told,
        (ErrorKind::InvalidArgument, RetryAdvice::Never),
        "{error}"
    );
    error.reason().to_owned()
}

#[test]
fn options_that_exclude_each_other_are_refused() {
    let new = TlsOptions::new;
    let table = [
        (
            new().add_root_certificate("").only_certificate(""),
            "add_root_certificate",
        ),
        (
            new().platform_verifier().only_certificate_sha256(""),
            "platform_verifier",
        ),
        (
            new().webpki_roots().danger_accept_any_certificate(),
            "webpki_roots",
        ),
        (
            new().only_added_roots().danger_accept_any_certificate(),
            "only_added_roots",
        ),
        (
            new().only_certificate("").danger_accept_any_certificate(),
            "only_certificate",
        ),
    ];
    for (options, part) in table {
        let text = text(&options);
        assert!(text.contains("exclude each other"), "{text}");
        assert!(text.contains(part), "{part}: {text}");
    }
}

#[cfg(any(feature = "tls-ring", feature = "tls-aws-lc"))]
#[cfg(feature = "tls-rustls-config")]
#[test]
fn a_whole_configuration_stands_alone() {
    let whole = |protocols: &[&[u8]]| {
        let provider = Arc::new(provider().expect("a provider"));
        let builder = ClientConfig::builder_with_provider(provider);
        let builder = builder
            .with_safe_default_protocol_versions()
            .expect("versions");
        let roots = rustls::RootCertStore::empty();
        let mut config = builder.with_root_certificates(roots).with_no_client_auth();
        config.alpn_protocols = protocols.iter().map(|name| name.to_vec()).collect();
        TlsOptions::new().rustls_config(Arc::new(config))
    };
    let table = [
        (whole(&[]).add_root_certificate(""), "add_root_certificate"),
        (whole(&[]).only_certificate(""), "only_certificate"),
        (
            whole(&[]).danger_accept_any_certificate(),
            "danger_accept_any",
        ),
        (whole(&[]).client_certificate("", ""), "client_certificate"),
        (whole(&[]).min_version(TlsVersion::Tls13), "min_version"),
        (whole(&[]).key_log_file(), "key_log_file"),
        (whole(&[b"h2", b"http/1.1"]), "HTTP/2"),
    ];
    for (options, part) in table {
        let text = text(&options);
        assert!(text.contains("rustls_config"), "{text}");
        assert!(text.contains(part), "{part}: {text}");
    }
    let options = whole(&[b"http/1.1"]).server_name("device.internal");
    prepare(&options).map(drop).expect("in order");
}

#[test]
fn a_server_name_is_a_name_or_an_address() {
    let named = |name: &str| prepare(&TlsOptions::new().server_name(name));
    let table = [
        ("device.internal", "device.internal"),
        ("Bücher.example", "xn--bcher-kva.example"),
        ("192.0.2.1", "192.0.2.1"),
        ("2001:db8::1", "2001:db8::1"),
    ];
    for (name, expected) in table {
        let name = named(name).map(|prepared| prepared.server_name);
        let name = name.map_or_else(|error| panic!("{error}"), |name| name.expect("a name"));
        assert_eq!(name.to_str(), expected);
    }
    for name in ["", " ", "a b", "a:1", "[::1]", "https://a", "a/b", "a..b"] {
        let text = text(&TlsOptions::new().server_name(name));
        assert!(text.contains("server_name is neither"), "{name}: {text}");
    }
}

#[test]
fn certificates_and_keys_are_told_with_their_place() {
    let sound = rcgen::generate_simple_self_signed(["localhost".to_owned()]);
    let pem = sound.expect("a certificate").cert.pem();
    let twice = format!("{pem}{pem}");
    let broken = "-----BEGIN CERTIFICATE-----\nMAIwAA==\n-----END CERTIFICATE-----\n";
    let new = TlsOptions::new;
    let root = |bytes: &str| {
        new()
            .add_root_certificate(pem.as_str())
            .add_root_certificate(bytes)
    };
    let table = [
        (root("junk"), "add_root_certificate, call 2: it is neither"),
        (
            root(&format!("{pem}{broken}")),
            "call 2: certificate 2 in it cannot be read",
        ),
        (
            new().only_certificate("junk"),
            "only_certificate: it is neither",
        ),
        (new().only_certificate(twice), "holds 2 certificates"),
        (
            new().only_certificate_sha256("aa"),
            "only_certificate_sha256",
        ),
        (
            new().client_certificate("junk", ""),
            "the client certificate is neither",
        ),
        (
            new().client_certificate(pem.as_str(), ""),
            "certificate's key is empty",
        ),
    ];
    for (options, part) in table {
        let text = text(&options);
        assert!(text.contains(part), "{part}: {text}");
    }
}

#[test]
fn what_is_printed_of_options_has_no_secret() {
    let options = TlsOptions::new()
        .client_certificate("the chain", "the key")
        .add_root_certificate("the root")
        .server_name("device.internal");
    let text = format!("{options:?}");
    assert!(text.contains("client_certificate: true"), "{text}");
    assert!(text.contains("device.internal"), "{text}");
    let bytes = format!("{:?}", b"the key");
    assert!(!text.contains("the key") && !text.contains(bytes.trim_matches(['[', ']'])));
}
