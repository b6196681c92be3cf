//! Certificates that are trusted by themselves, and all of them.

use rcgen::IsCa;
use taro_socket_api::{ErrorKind, RetryAdvice};
use taro_socket_native::TlsOptions;
use tokio_rustls::rustls::version::{TLS12, TLS13};

use crate::{
    authority::{Authority, Identity},
    tls::outcome,
};

async fn refused(identity: Identity, options: TlsOptions, parts: &[&str]) {
    let error = outcome(identity, options).await.expect_err("refused");
    let told = (error.kind(), error.retry());
    assert_eq!(told, (ErrorKind::Tls, RetryAdvice::Never), "{error}");
    for part in parts {
        assert!(error.reason().contains(part), "{part}: {error}");
    }
}

#[tokio::test]
async fn a_server_may_present_an_added_certificate_itself() {
    let (authority, issuer) = (Authority::new(), Authority::new());
    let leaf = issuer.issue(&["localhost"]);
    for (identity, added) in [
        (authority.own(), authority.pem().into_bytes()),
        (authority.own(), authority.der()),
        (leaf.clone(), leaf.pem.clone().into_bytes()),
    ] {
        let options = TlsOptions::new().add_root_certificate(added);
        for options in [
            options.clone(),
            options.clone().platform_verifier(),
            options.only_added_roots(),
        ] {
            outcome(identity.clone(), options)
                .await
                .expect("trusted itself");
        }
    }
}

#[tokio::test]
async fn an_added_certificate_is_trusted_for_its_names_and_while_it_is_valid() {
    let old = Authority::of_the_past();
    let added = |identity: &Identity| {
        let options = TlsOptions::new().only_added_roots();
        options.add_root_certificate(identity.pem.as_str())
    };
    refused(old.own(), added(&old.own()), &["has expired"]).await;
    let device = Authority::new().issue(&["device.internal"]);
    refused(device.clone(), added(&device), &["for device.internal"]).await;
    let own = Authority::new().own();
    let options = added(&own);
    refused(own.stolen(), options, &["does not have its key"]).await;
}

#[tokio::test]
async fn an_added_certificate_that_is_no_authority_vouches_for_nobody_else() {
    for is_ca in [IsCa::NoCa, IsCa::ExplicitNoCa] {
        let (device, authority) = (Authority::pretended(is_ca), Authority::new());
        let alone = TlsOptions::new()
            .only_added_roots()
            .add_root_certificate(device.der());
        let beside = alone.clone().add_root_certificate(authority.der());
        for options in [alone, beside.clone()] {
            let forged = device.issue(&["localhost"]);
            refused(
                forged,
                options.clone(),
                &["nobody whom this program trusts"],
            )
            .await;
            outcome(device.own(), options)
                .await
                .expect("trusted itself");
        }
        let issued = authority.issue(&["localhost"]);
        outcome(issued, beside).await.expect("by the authority");
    }
}

#[tokio::test]
async fn several_roots_come_in_one_text() {
    let (one, other) = (Authority::new(), Authority::new());
    let bundle = format!("one\n{}other\n{}", one.pem(), other.pem());
    let options = TlsOptions::new()
        .only_added_roots()
        .add_root_certificate(bundle);
    for authority in [one, other] {
        let identity = authority.issue(&["localhost"]);
        outcome(identity, options.clone()).await.expect("trusted");
    }
    let foreign = Authority::new().issue(&["localhost"]);
    refused(foreign, options, &["nobody whom this program trusts"]).await;
}

/// What is wrong with them is not asked.
fn faulty() -> Vec<Identity> {
    let authority = Authority::new();
    vec![
        authority.own(),
        authority.expired(),
        authority.future(),
        authority.for_clients(),
        authority.issue(&["device.internal"]),
        authority.issue(&[]),
    ]
}

#[tokio::test]
async fn one_certificate_is_trusted_whatever_it_says() {
    for identity in faulty() {
        let colons = identity.fingerprint();
        let plain = colons.replace(':', "").to_lowercase();
        let new = TlsOptions::new;
        for options in [
            new().only_certificate(identity.certificate.clone()),
            new().only_certificate(identity.pem.as_str()),
            new().only_certificate_sha256(colons),
            new().only_certificate_sha256(plain),
        ] {
            outcome(identity.clone(), options)
                .await
                .expect("the very one");
        }
    }
}

#[tokio::test]
async fn no_other_certificate_is_trusted_beside_it() {
    let authority = Authority::new();
    let (known, another) = (
        authority.issue(&["localhost"]),
        authority.issue(&["localhost"]),
    );
    let fingerprint = another.fingerprint();
    let parts = [&*fingerprint, "only_certificate_sha256", "renewed"];
    let options = TlsOptions::new().only_certificate(known.pem.as_str());
    refused(another.clone(), options.clone(), &parts).await;
    // An authority that is pinned vouches for nobody.
    let by_issuer = TlsOptions::new().only_certificate(authority.pem());
    refused(known.clone(), by_issuer, &[]).await;
    let both = options.only_certificate_sha256(fingerprint);
    for identity in [known, another] {
        outcome(identity, both.clone()).await.expect("one of two");
    }
}

#[tokio::test]
async fn the_server_has_to_prove_that_the_certificate_is_its_own() {
    for version in [&TLS13, &TLS12] {
        let identity = Authority::new().own().speaking_only(&[version]);
        let options = TlsOptions::new().only_certificate(identity.certificate.clone());
        outcome(identity.clone(), options.clone())
            .await
            .expect("its own");
        refused(identity.stolen(), options, &["does not have its key"]).await;
    }
}

#[tokio::test]
async fn any_certificate_is_taken_where_the_program_says_so() {
    for identity in faulty() {
        for identity in [identity.clone(), identity.stolen()] {
            let options = TlsOptions::new().danger_accept_any_certificate();
            outcome(identity.clone(), options).await.expect("anybody");
            outcome(identity, TlsOptions::new())
                .await
                .expect_err("never otherwise");
        }
    }
}
