//! Enabling another feature never changes what a target gets.

use taro_socket::{ConnectSocketOption, ErrorKind, current_platform};
use taro_socket_features::expected_platform;

#[test]
fn the_documented_chain_decides() {
    assert_eq!(current_platform(), expected_platform());
}

#[test]
fn the_facade_checks_arguments_whatever_is_selected() {
    let option = ConnectSocketOption::new("ftp://127.0.0.1/");
    let connecting = std::pin::pin!(taro_socket::connect_socket(option));
    let waker = std::task::Waker::noop();
    let outcome = connecting.poll(&mut std::task::Context::from_waker(waker));
    let std::task::Poll::Ready(Err(error)) = outcome else {
        panic!("an ftp:// URL must be refused at once");
    };
    assert_eq!(error.kind(), ErrorKind::InvalidArgument);
}

#[cfg(feature = "native")]
#[test]
fn native_outside_of_a_runtime_says_what_to_do() {
    let option = ConnectSocketOption::new("ws://127.0.0.1:9/");
    let connecting = std::pin::pin!(taro_socket::connect_socket(option));
    let waker = std::task::Waker::noop();
    let outcome = connecting.poll(&mut std::task::Context::from_waker(waker));
    let std::task::Poll::Ready(Err(error)) = outcome else {
        panic!("there is no runtime to connect on");
    };
    assert_eq!(error.kind(), ErrorKind::HostUnavailable);
    assert!(error.err_msg().contains("tokio"), "{error}");
}
