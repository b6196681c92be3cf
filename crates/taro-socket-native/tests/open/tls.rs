//! Certificates and trust, against TLS servers with certificates made here.

use taro_socket_api::{ConnectSocketOption, Error, ErrorKind, RetryAdvice};
use taro_socket_native::{NativeConnector, TlsOptions};

use crate::{
    authority::{Authority, Identity, serve},
    server::dial_by,
};

/// Connects to `localhost`, and to nobody else's certificate than `identity`.
async fn outcome(identity: Identity, options: TlsOptions) -> Result<(), Error> {
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
        assert!(reason.contains(&port.to_string()), "where: {error}");
    }
    opened.map(drop)
}

pub(crate) fn trusting(authority: &Authority) -> TlsOptions {
    TlsOptions::new()
        .only_added_roots()
        .add_root_certificate_der(authority.der())
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
        (authority.own(), "marked as an authority", "CA:FALSE"),
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
    let root = || TlsOptions::new().add_root_certificate_der(authority.der());
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
    assert!(error.reason().contains("client_certificate_der"), "{error}");
}

/// Nobody is dialled: there is no server, and at the second time as at the first.
#[tokio::test]
async fn options_that_cannot_be_used_are_refused_at_once() {
    let authority = Authority::new();
    let pem = authority.pem();
    let table = [
        (
            TlsOptions::new().only_added_roots(),
            ErrorKind::InvalidArgument,
            "no root was added",
        ),
        (
            trusting(&authority).add_root_certificate_der(pem),
            ErrorKind::InvalidArgument,
            "certificate 2 cannot be read: it is PEM",
        ),
        (
            TlsOptions::new().add_root_certificate_der(b"junk".to_vec()),
            ErrorKind::InvalidArgument,
            "certificate 1 cannot be read: give the certificate itself, in DER",
        ),
        (
            trusting(&authority).client_certificate_der(vec![authority.der()], b"junk".to_vec()),
            ErrorKind::InvalidArgument,
            "key is not DER",
        ),
        (
            trusting(&authority)
                .client_certificate_der(vec![authority.der()], Authority::new().key_der()),
            ErrorKind::InvalidArgument,
            "do not fit",
        ),
    ];
    for (options, kind, part) in table {
        let built = NativeConnector::builder().tls(options).build();
        let error = built.expect_err(part);
        assert_eq!(
            (error.kind(), error.retry()),
            (kind, RetryAdvice::Never),
            "{error}"
        );
        assert!(error.reason().contains(part), "{part}: {error}");
    }
}
