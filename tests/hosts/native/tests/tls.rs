//! `wss://`: whom the connector trusts, and who it says it is.

use std::sync::Arc;

use taro_socket::{
    ConnectSocketOption, ErrorKind, Message, SocketEvent, SocketTask, connect_with,
    native::{NativeConnector, TlsOptions},
};
use taro_socket_test_server::{Behavior, TestServer};

async fn connect(url: String, options: TlsOptions) -> Arc<dyn SocketTask> {
    let connector = NativeConnector::builder()
        .tls(options)
        .build()
        .expect("options in order");
    connect_with(&connector, ConnectSocketOption::new(url))
        .await
        .expect("a task")
}

fn trusting(server: &TestServer) -> TlsOptions {
    TlsOptions::new().add_root_certificate(server.ca_der())
}

#[tokio::test]
async fn a_client_certificate_is_presented() {
    let server = TestServer::start().await.expect("a test server");
    let identity = server.client_identity();
    let chain = identity.certificate_der.clone();
    let options = trusting(&server).client_certificate(chain, identity.key_der.clone());
    let task = connect(server.mutual_wss_url(&Behavior::Echo, ""), options).await;
    task.opened().await.expect("the server knows the client");
}

#[tokio::test]
async fn without_the_client_certificate_the_server_refuses() {
    let server = TestServer::start().await.expect("a test server");
    let url = server.mutual_wss_url(&Behavior::Echo, "");
    let task = connect(url, trusting(&server)).await;
    let error = task.opened().await.expect_err("no certificate");
    assert_eq!(error.kind(), ErrorKind::Tls, "{error:?}");
}

#[tokio::test]
async fn an_unknown_authority_is_refused_by_default() {
    let server = TestServer::start().await.expect("a test server");
    let url = server.wss_url(&Behavior::Echo, "");
    let task = connect(url, TlsOptions::new()).await;
    let error = task.opened().await.expect_err("nobody vouches for it");
    assert_eq!(error.kind(), ErrorKind::Tls, "{error:?}");
}

#[tokio::test]
async fn a_key_that_is_none_is_an_argument_error() {
    let server = TestServer::start().await.expect("a test server");
    let chain = server.client_identity().certificate_der.clone();
    let options = trusting(&server).client_certificate(chain, b"no key".to_vec());
    let built = NativeConnector::builder().tls(options).build();
    let error = built.expect_err("the key is malformed");
    assert_eq!(error.kind(), ErrorKind::InvalidArgument, "{error:?}");
}

#[tokio::test(flavor = "current_thread")]
async fn both_sides_may_write_much_at_once() {
    let server = TestServer::start().await.expect("a test server");
    let url = server.wss_url(&Behavior::Echo, "");
    let task = connect(url, trusting(&server)).await;
    task.opened().await.expect("open");
    let mut events = task.events();
    let payload: Vec<u8> = (0..8_u32 << 20).map(|at| at as u8).collect();
    for _ in 0..4 {
        // Not awaited: the server sends back while this side is still writing.
        drop(task.send(payload.clone()));
    }
    let mut echoes = 0;
    while echoes < 4 {
        match events.next().await {
            Some(SocketEvent::Message(event)) => {
                assert!(
                    event.data == Message::from(payload.clone()),
                    "echo {echoes}"
                );
                echoes += 1;
            }
            Some(SocketEvent::Open(_)) => {}
            other => panic!("instead of echo {echoes}: {other:?}"),
        }
    }
}
