//! Redirects from and to TLS.

use taro_socket_api::{ErrorKind, RetryAdvice};
use taro_socket_native::{NativeConnectorBuilder, TlsOptions};

use super::{following, outcome};
use crate::{
    authority::Authority,
    site::{Site, to},
};

fn trusting(authority: &Authority) -> TlsOptions {
    TlsOptions::new()
        .only_added_roots()
        .add_root_certificate(authority.der())
}

fn following_with(tls: TlsOptions) -> NativeConnectorBuilder {
    following().tls(tls)
}

#[tokio::test]
async fn none_leads_from_tls_to_plain_text() {
    let authority = Authority::new();
    let plain = Site::new(|_| None).await;
    for scheme in ["http", "ws", "HTTP"] {
        let location = format!("{scheme}://{}/y?SECRET#SECRET", plain.place());
        let site = Site::secure(authority.issue(&["localhost"]), move |_| to(302, &location)).await;
        let builder = following_with(trusting(&authority));
        let error = outcome(builder, site.url("/x?SECRET"))
            .await
            .expect_err("TLS lost");
        let told = (error.kind(), error.status(), error.retry());
        let expected = (ErrorKind::Handshake, Some(302), RetryAdvice::Later);
        assert_eq!(told, expected, "{error}");
        let from_to = format!(
            "from wss://{}/x… to ws://{}/y…",
            site.place(),
            plain.place()
        );
        assert!(error.reason().contains(&from_to), "{error}");
        assert!(!error.reason().contains("SECRET"), "{error}");
    }
    assert!(plain.heads().is_empty(), "nobody was asked");
}

#[tokio::test]
async fn from_plain_text_to_tls_and_on() {
    let authority = Authority::new();
    let secure = Site::secure(authority.issue(&["localhost"]), |target| match target {
        "/x" => to(308, "y"),
        _ => None,
    })
    .await;
    let location = secure.url("/x").replace("wss", "https");
    let plain = Site::new(move |_| to(301, &location)).await;
    let builder = following_with(trusting(&authority));
    outcome(builder, plain.url("/")).await.expect("followed");
    assert_eq!(secure.targets(), ["/x", "/y"]);
}

/// Certificates are checked at each place.
#[tokio::test]
async fn whoever_is_led_to_is_not_trusted_for_that() {
    let authority = Authority::new();
    let stranger = Site::secure(Authority::new().issue(&["localhost"]), |_| None).await;
    let location = stranger.url("/");
    let site = Site::secure(authority.issue(&["localhost"]), move |_| to(302, &location)).await;
    let builder = following_with(trusting(&authority));
    let error = outcome(builder, site.url("/"))
        .await
        .expect_err("a stranger");
    assert_eq!(error.kind(), ErrorKind::Tls, "{error}");
    assert!(error.reason().contains(&stranger.place()), "{error}");
}

#[tokio::test]
async fn a_client_certificate_is_shown_to_its_origin_alone() {
    let authority = Authority::new();
    let asking = || {
        let identity = authority.issue(&["localhost"]);
        identity.asking_for_clients_of(&authority)
    };
    let certificate = || {
        let client = authority.for_clients();
        trusting(&authority).client_certificate(client.certificate, client.key)
    };
    let other = Site::secure(asking(), |_| None).await;
    let location = other.url("/");
    let site = Site::secure(asking(), move |target| match target {
        "/here" => to(302, "/there"),
        "/away" => to(302, &location),
        _ => None,
    })
    .await;
    let here = outcome(following_with(certificate()), site.url("/here")).await;
    here.expect("the same origin");
    // It is a certificate that the other would take.
    let direct = outcome(following_with(certificate()), other.url("/")).await;
    direct.expect("asked for by the program");
    let away = outcome(following_with(certificate()), site.url("/away")).await;
    let error = away.expect_err("no certificate");
    assert_eq!(error.kind(), ErrorKind::Tls, "{error}");
    assert!(error.reason().contains(&other.place()), "{error}");
    assert_eq!(other.heads().len(), 1);
}

/// It is for the host that the program asked for.
#[tokio::test]
async fn another_server_name_is_for_its_origin_alone() {
    let authority = Authority::new();
    let other = Site::secure(authority.issue(&["inner.example"]), |_| None).await;
    let location = other.url("/");
    let site = Site::secure(
        authority.issue(&["inner.example"]),
        move |target| match target {
            "/here" => to(302, "/there"),
            "/away" => to(302, &location),
            _ => None,
        },
    )
    .await;
    let tls = || trusting(&authority).server_name("inner.example");
    let here = outcome(following_with(tls()), site.url("/here")).await;
    here.expect("the same origin");
    let away = outcome(following_with(tls()), site.url("/away")).await;
    let error = away.expect_err("a certificate of another name");
    assert_eq!(error.kind(), ErrorKind::Tls, "{error}");
    assert!(error.reason().contains(&other.place()), "{error}");
    assert!(other.heads().is_empty(), "not asked");
}
