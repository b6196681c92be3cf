//! Settings that cannot be are refused by `build`, with a remedy.

use std::{io, time::Duration};

use taro_socket_api::{
    Capability, ConnectSocketOption, ErrorKind, SocketConnector as _, connect_now,
};
use taro_socket_native::{
    ByteStream, DialTarget, Dialer, NativeConnector, NativeConnectorBuilder, async_trait,
};

struct Nobody;

#[async_trait]
impl Dialer for Nobody {
    async fn dial(&self, _: &DialTarget) -> io::Result<ByteStream> {
        Err(io::ErrorKind::NotFound.into())
    }
}

#[test]
fn what_cannot_be_is_refused_with_a_text() {
    let new = NativeConnector::builder;
    let local = || "127.0.0.1".parse().expect("an address");
    let table: [(NativeConnectorBuilder, &str); 15] = [
        (new().tcp_keep_alive(Duration::ZERO), "1 to 32,767"),
        (
            new().tcp_keep_alive(Duration::from_millis(1500)),
            "whole seconds",
        ),
        (
            new().tcp_keep_alive(Duration::from_secs(32_768)),
            "1 to 32,767",
        ),
        (new().send_buffer_bytes(0), "more than 0"),
        (new().receive_buffer_bytes(0), "more than 0"),
        (new().interface(""), "interface"),
        (new().resolve("a.example", []), "at least one address"),
        (
            new()
                .resolve("a.example", [local()])
                .resolve("A.example.", [local()]),
            "at once",
        ),
        (new().resolve("10.0.0.1", [local()]), "no address"),
        (new().resolve("", [local()]), "name of a host"),
        (new().resolve("a b", [local()]), "name of a host"),
        (new().host("a/b"), "name:port"),
        (new().host("user@a"), "name:port"),
        (new().host(""), "name:port"),
        (
            new().dialer(Nobody).resolve("a.example", [local()]),
            "dialer's own",
        ),
    ];
    for (builder, part) in table {
        let error = builder.build().expect_err(part);
        let expected = match part {
            "interface" if !cfg!(target_os = "linux") => ErrorKind::Unsupported,
            _ => ErrorKind::InvalidArgument,
        };
        assert_eq!(error.kind(), expected, "{error}");
        assert!(error.reason().contains(part), "{part}: {error}");
    }
}

#[test]
fn streams_of_others_have_no_tcp_no_delay() {
    let connector = NativeConnector::builder()
        .dialer(Nobody)
        .build()
        .expect("a connector");
    assert!(!connector.capabilities().contains(Capability::TcpNoDelay));
    let option = ConnectSocketOption::new("ws://a/").tcp_no_delay(true);
    let error = connect_now(&connector, option)
        .map(drop)
        .expect_err("refused");
    assert_eq!(error.kind(), ErrorKind::Unsupported);
    let (ours, _theirs) = tokio::io::duplex(64);
    let option = ConnectSocketOption::new("ws://a/").tcp_no_delay(true);
    let over = NativeConnector::new().connect_over(ByteStream::new(ours), option);
    assert_eq!(
        over.map(drop).expect_err("refused").kind(),
        ErrorKind::Unsupported
    );
}
