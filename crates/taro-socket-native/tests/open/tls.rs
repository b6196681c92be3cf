//! Certificates and trust, against TLS servers with certificates made here.

use taro_socket_api::{ConnectSocketOption, Error, ErrorKind, RetryAdvice};
use taro_socket_native::{NativeConnector, TlsOptions};

use crate::{
    authority::{Authority, Identity, serve},
    server::dial_by,
};

/// Connects to `localhost`, where a server presents `identity`.
pub(crate) async fn outcome(identity: Identity, options: TlsOptions) -> Result<(), Error> {
    let port = serve(identity).await.port();
    let connector = NativeConnector::builder()
        .tls(options)
        .build()
        .expect("options in order");
    let option = ConnectSocketOption::new(format!("wss://localhost:{port}/"));
    let opened = dial_by(&connector, option).await.opened().await;
    if let Err(error) = &opened {
        let reason = error.reason();
        assert!(!reason.contains("Other"), "in words: {error}");
        // An argument is wrong wherever it leads.
        let anywhere = error.kind() == ErrorKind::InvalidArgument;
        assert!(
            anywhere || reason.contains(&port.to_string()),
            "where: {error}"
        );
    }
    opened.map(drop)
}

pub(crate) fn trusting(authority: &Authority) -> TlsOptions {
    TlsOptions::new()
        .only_added_roots()
        .add_root_certificate(authority.der())
}

#[tokio::test]
async fn a_faulty_certificate_is_told_in_words_and_never_tried_again() {
    let authority = Authority::new();
    let table = [
        (authority.expired(), "has expired", "clock"),
        (authority.future(), "becomes valid only in", "clock"),
        (
            authority.issue(&["device.internal"]),
            "not for localhost, but for device.internal",
            "subjectAltName",
        ),
        (
            authority.issue(&[]),
            "for no name, so not for localhost",
            "subjectAltName",
        ),
        (authority.for_clients(), "not for servers", "serverAuth"),
        (
            Authority::new().issue(&["localhost"]),
            "nobody whom this program trusts",
            "add_root",
        ),
        (
            Authority::new().own(),
            "marked as an authority",
            "only_certificate",
        ),
    ];
    for (identity, cause, remedy) in table {
        let error = outcome(identity, trusting(&authority))
            .await
            .expect_err(cause);
        assert_eq!(
            (error.kind(), error.retry()),
            (ErrorKind::Tls, RetryAdvice::Never),
            "{error}"
        );
        assert!(error.reason().contains(cause), "{cause}: {error}");
        assert!(error.reason().contains(remedy), "{remedy}: {error}");
    }
}

#[tokio::test]
async fn an_added_root_is_trusted_alone_and_beside_the_system() {
    let authority = Authority::new();
    let root = || TlsOptions::new().add_root_certificate(authority.der());
    for options in [
        root(),
        root().platform_verifier(),
        root().only_added_roots(),
    ] {
        let identity = authority.issue(&["localhost"]);
        outcome(identity, options)
            .await
            .expect("issued by the added root");
    }
    for options in [root(), root().platform_verifier()] {
        let foreign = Authority::new().issue(&["localhost"]);
        let error = outcome(foreign, options)
            .await
            .expect_err("issued by neither");
        assert!(error.reason().contains("nobody whom"), "{error}");
        let named = authority.issue(&["device.internal"]);
        let error = outcome(named, root()).await.expect_err("another name");
        assert!(
            error.reason().contains("device.internal"),
            "the more telling error: {error}"
        );
    }
}

#[tokio::test]
async fn a_missing_client_certificate_is_never_tried_again() {
    let authority = Authority::new();
    let identity = authority
        .issue(&["localhost"])
        .asking_for_clients_of(&authority);
    // TLS 1.3 tells it behind the handshake, within the answer to the request.
    let error = outcome(identity, trusting(&authority))
        .await
        .expect_err("no certificate");
    assert_eq!(
        (error.kind(), error.retry()),
        (ErrorKind::Tls, RetryAdvice::Never),
        "{error}"
    );
    assert!(error.reason().contains("client_certificate"), "{error}");
}

/// Nobody is dialled: there is no server, and at the second time as at the first.
#[tokio::test]
async fn options_that_cannot_be_used_are_refused_at_once() {
    let authority = Authority::new();
    let table = [
        (TlsOptions::new().only_added_roots(), "no root was added"),
        (
            trusting(&authority).add_root_certificate("junk"),
            "call 2: it is neither PEM nor DER",
        ),
        (
            trusting(&authority).client_certificate(authority.der(), "junk"),
            "key is neither PEM nor DER",
        ),
        (
            trusting(&authority).client_certificate(authority.pem(), Authority::new().key_der()),
            "do not fit",
        ),
        (
            trusting(&authority).only_certificate(authority.der()),
            "exclude each other",
        ),
        (
            TlsOptions::new().only_certificate_sha256("AA:BB"),
            "64 hexadecimal digits",
        ),
        (
            TlsOptions::new().server_name("https://localhost"),
            "server_name is neither",
        ),
    ];
    for (options, part) in table {
        let built = NativeConnector::builder().tls(options).build();
        let error = built.expect_err(part);
        assert_eq!(
            (error.kind(), error.retry()),
            (ErrorKind::InvalidArgument, RetryAdvice::Never),
            "{error}"
        );
        assert!(error.reason().contains(part), "{part}: {error}");
    }
}
