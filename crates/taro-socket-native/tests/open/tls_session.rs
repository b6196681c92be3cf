//! What this side says in the TLS handshake, as the server sees it.

use std::net::SocketAddr;

use taro_socket_api::{ConnectSocketOption, Error, ErrorKind, RetryAdvice};
use taro_socket_native::{NativeConnector, TlsOptions, TlsVersion};
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};
use tokio_rustls::rustls::{
    ProtocolVersion,
    version::{TLS12, TLS13},
};

use crate::{
    authority::{Authority, Identity, serve_by},
    server::{dial_by, hold},
    tls::{outcome, trusting},
};

/// What a server has seen of a client.
#[derive(Debug)]
struct Seen {
    name: Option<String>,
    version: Option<ProtocolVersion>,
    protocol: Option<Vec<u8>>,
    certificates: usize,
}

async fn watching(identity: Identity) -> (SocketAddr, UnboundedReceiver<Seen>) {
    let (tell, seen) = unbounded_channel();
    let address = serve_by(identity, move |stream| {
        let tell = tell.clone();
        async move {
            let session = stream.get_ref().1;
            let seen = Seen {
                name: session.server_name().map(str::to_owned),
                version: session.protocol_version(),
                protocol: session.alpn_protocol().map(<[u8]>::to_vec),
                certificates: session.peer_certificates().map_or(0, <[_]>::len),
            };
            drop(tell.send(seen));
            hold(stream.into_inner().0).await;
        }
    })
    .await;
    (address, seen)
}

/// Connects by this host; what the server sees.
async fn seen(identity: Identity, host: &str, options: TlsOptions) -> Result<Seen, Error> {
    let (address, mut seen) = watching(identity).await;
    let connector = NativeConnector::builder().tls(options).build()?;
    let url = format!("wss://{host}:{}/", address.port());
    let task = dial_by(&connector, ConnectSocketOption::new(url)).await;
    task.opened().await?;
    Ok(seen.recv().await.expect("a connection"))
}

#[tokio::test]
async fn another_name_than_the_urls_is_asked_for() {
    let authority = Authority::new();
    let device = || authority.issue(&["device.internal"]);
    let options = trusting(&authority).server_name("device.internal");
    for host in ["localhost", "127.0.0.1"] {
        let seen = seen(device(), host, options.clone()).await.expect("open");
        assert_eq!(seen.name.as_deref(), Some("device.internal"));
    }
    let error = outcome(authority.issue(&["localhost"]), options).await;
    let error = error.expect_err("the URL's name does not count");
    assert!(
        error.reason().contains("not for device.internal"),
        "{error}"
    );
    let error = outcome(device(), trusting(&authority)).await;
    let error = error.expect_err("it does without the option");
    assert!(
        error.reason().contains("TlsOptions::server_name"),
        "{error}"
    );
}

#[tokio::test]
async fn versions_below_the_lowest_are_not_spoken() {
    let authority = Authority::new();
    let identity = || authority.issue(&["localhost"]);
    let options = || trusting(&authority);
    let (old, new) = (ProtocolVersion::TLSv1_2, ProtocolVersion::TLSv1_3);
    let table = [
        (vec![&TLS12], options(), old),
        (vec![&TLS12], options().min_version(TlsVersion::Tls12), old),
        (vec![&TLS13], options().min_version(TlsVersion::Tls12), new),
        (vec![&TLS13], options().min_version(TlsVersion::Tls13), new),
        (vec![&TLS13, &TLS12], options(), new),
    ];
    for (versions, options, spoken) in table {
        let identity = identity().speaking_only(&versions);
        let seen = seen(identity, "localhost", options).await.expect("open");
        assert_eq!(seen.version, Some(spoken));
    }
    let options = options().min_version(TlsVersion::Tls13);
    let error = outcome(identity().speaking_only(&[&TLS12]), options).await;
    let error = error.expect_err("too old");
    let told = (error.kind(), error.retry());
    assert_eq!(told, (ErrorKind::Tls, RetryAdvice::Never), "{error}");
    assert!(error.reason().contains("min_version"), "{error}");
}

#[tokio::test]
async fn http_1_1_is_offered() {
    let authority = Authority::new();
    let identity = authority.issue(&["localhost"]);
    let options = trusting(&authority);
    for protocols in [&["h2", "http/1.1"][..], &["http/1.1"]] {
        let identity = identity.clone().with_protocols(protocols);
        let seen = seen(identity, "localhost", options.clone()).await;
        let protocol = seen.expect("open").protocol;
        assert_eq!(protocol.as_deref(), Some(&b"http/1.1"[..]));
    }
    let silent = seen(identity.clone(), "localhost", options.clone()).await;
    assert_eq!(
        silent.expect("open").protocol,
        None,
        "a server without ALPN"
    );
    let error = outcome(identity.with_protocols(&["h2"]), options).await;
    let error = error.expect_err("HTTP/2 alone");
    let told = (error.kind(), error.retry());
    assert_eq!(told, (ErrorKind::Tls, RetryAdvice::Never), "{error}");
    assert!(error.reason().contains("HTTP/1.1"), "{error}");
}

#[tokio::test]
async fn a_client_certificate_is_presented_in_each_form() {
    const EC_PKCS8: &str = include_str!("../keys/ec-pkcs8.pem");
    const EC_SEC1: &str = include_str!("../keys/ec-sec1.pem");
    const RSA_PKCS8: &str = include_str!("../keys/rsa-pkcs8.pem");
    const RSA_PKCS1: &str = include_str!("../keys/rsa-pkcs1.pem");
    let authority = Authority::new();
    let server = authority.issue(&["localhost"]);
    let server = server.asking_for_clients_of(&authority);
    let (ec, rsa) = (
        authority.issue_for(EC_PKCS8),
        authority.issue_for(RSA_PKCS8),
    );
    let chain = format!("{}{}", ec.pem, authority.pem());
    let one_file = format!("{EC_SEC1}{chain}");
    let der_chain = [ec.certificate.clone(), authority.der()].concat();
    let table = [
        (ec.pem.clone().into_bytes(), EC_PKCS8.into(), 1),
        (ec.certificate.clone(), EC_SEC1.into(), 1),
        (ec.certificate.clone(), ec.key.clone(), 1),
        (chain.into(), EC_SEC1.into(), 2),
        (der_chain, ec.key.clone(), 2),
        (one_file.clone().into(), one_file.into_bytes(), 2),
        (rsa.pem.clone().into(), RSA_PKCS1.into(), 1),
        (rsa.certificate.clone(), RSA_PKCS8.into(), 1),
    ];
    for (chain, key, certificates) in table {
        let options = trusting(&authority).client_certificate(chain, key);
        let seen = seen(server.clone(), "localhost", options).await;
        assert_eq!(seen.expect("let in").certificates, certificates);
    }
    let stranger = Authority::new().issue_for(EC_PKCS8);
    let options = trusting(&authority).client_certificate(stranger.pem, EC_SEC1);
    let error = outcome(server, options).await.expect_err("a stranger");
    assert_eq!(error.retry(), RetryAdvice::Never, "{error}");
}

#[cfg(feature = "tls-rustls-config")]
#[tokio::test]
async fn a_whole_configuration_decides_on_all_but_the_name() {
    use std::sync::Arc;

    use taro_socket_native::rustls::{ClientConfig, RootCertStore, crypto::ring};

    let authority = Authority::new();
    let mut roots = RootCertStore::empty();
    roots.add(authority.der().into()).expect("a root");
    let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_protocol_versions(&[&TLS12])
        .expect("a version")
        .with_root_certificates(roots)
        .with_no_client_auth();
    let options = TlsOptions::new().rustls_config(Arc::new(config));
    let identity = authority
        .issue(&["localhost"])
        .with_protocols(&["http/1.1"]);
    let told = seen(identity, "localhost", options.clone())
        .await
        .expect("open");
    assert_eq!(told.version, Some(ProtocolVersion::TLSv1_2));
    assert_eq!(told.protocol, None, "its ALPN, too");
    let foreign = Authority::new().issue(&["localhost"]);
    let error = outcome(foreign, options.clone())
        .await
        .expect_err("its trust");
    assert!(error.reason().contains("nobody whom"), "{error}");
    let device = authority.issue(&["device.internal"]);
    let options = options.server_name("device.internal");
    let told = seen(device, "localhost", options).await.expect("open");
    assert_eq!(told.name.as_deref(), Some("device.internal"));
}
