//! A system's store that is empty, and is filled while the program runs. In a process of its own, which finds
//! the store by its environment.

use std::{env, fs, path::PathBuf, process::Command};

use taro_socket_api::{ConnectSocketOption, ErrorKind, RetryAdvice};
use taro_socket_native::{NativeConnector, TlsOptions};

use crate::{
    authority::{Authority, serve},
    server::dial_by,
};

/// Where rustls-native-certs looks.
const STORE: &str = "SSL_CERT_FILE";

#[test]
fn an_empty_store_is_told_and_looked_at_again() {
    match env::var_os("TARO_SOCKET_TEST_STORE") {
        Some(store) => within(store.into()),
        None => in_a_process_of_its_own(),
    }
}

fn in_a_process_of_its_own() {
    let name = format!("taro-socket-store-{}.pem", std::process::id());
    let store = env::temp_dir().join(name);
    let status = Command::new(env::current_exe().expect("this program"))
        .args([
            "--exact",
            "trust_store::an_empty_store_is_told_and_looked_at_again",
            "--nocapture",
        ])
        .env(STORE, &store)
        .env_remove("SSL_CERT_DIR")
        .env("TARO_SOCKET_TEST_STORE", &store)
        .status();
    drop(fs::remove_file(&store));
    assert!(status.expect("it runs").success());
}

#[tokio::main(flavor = "current_thread")]
async fn within(store: PathBuf) {
    let authority = Authority::new();
    let port = serve(authority.issue(&["localhost"])).await.port();
    let option = || ConnectSocketOption::new(format!("wss://localhost:{port}/"));
    let connector = NativeConnector::builder()
        .tls(TlsOptions::new().platform_verifier())
        .build()
        .expect("options in order");
    let error = dial_by(&connector, option()).await.opened().await;
    let error = error.expect_err("nobody is trusted");
    assert_eq!(
        (error.kind(), error.retry()),
        (ErrorKind::Tls, RetryAdvice::Later),
        "{error}"
    );
    for part in [
        "store of trusted certificates is empty",
        "ca-certificates",
        STORE,
    ] {
        assert!(error.reason().contains(part), "{part}: {error}");
    }
    assert!(
        !error.reason().contains("PEM"),
        "nothing was added: {error}"
    );
    fs::write(store, authority.pem()).expect("a store");
    let opened = dial_by(&connector, option()).await.opened().await;
    opened.expect("the store is looked at again");
}
