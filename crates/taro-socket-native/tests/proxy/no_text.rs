//! A variable of the environment that is no text, in a process of its own, whose environment it is.

use std::{env, ffi::OsString, os::unix::ffi::OsStringExt as _, process::Command};

use taro_socket_api::{ConnectSocketOption, ErrorKind, connect_now};
use taro_socket_native::NativeConnector;

const CHILD: &str = "TARO_SOCKET_TEST_NO_TEXT";

#[tokio::test]
async fn a_value_that_is_no_text_is_told() {
    if env::var_os(CHILD).is_some() {
        let option = ConnectSocketOption::new("wss://server.invalid/");
        let error = connect_now(&NativeConnector::new(), option).map(drop);
        let error = error.expect_err("no text");
        assert_eq!(error.kind(), ErrorKind::InvalidArgument, "{error}");
        assert!(error.reason().contains("wss_proxy"), "{error}");
        return;
    }
    let status = Command::new(env::current_exe().expect("this program"))
        .args(["--exact", "no_text::a_value_that_is_no_text_is_told"])
        .env("wss_proxy", OsString::from_vec(b"http://p\xff".to_vec()))
        .env_remove("no_proxy")
        .env_remove("NO_PROXY")
        .env(CHILD, "1")
        .status();
    assert!(status.expect("it runs").success());
}
