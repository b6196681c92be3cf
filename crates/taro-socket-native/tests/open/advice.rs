//! What statuses advise.

use taro_socket_api::{ErrorKind, RetryAdvice};

use crate::server::{answering, outcome};

#[tokio::test]
async fn a_status_is_never_only_where_it_is_about_this_request() {
    use RetryAdvice::{Later, Never};
    let table = [
        (200, Later),
        (204, Later),
        (301, Later),
        (304, Later),
        (400, Never),
        (401, Never),
        (403, Never),
        (404, Never),
        (405, Later),
        (408, Later),
        (425, Later),
        (426, Never),
        (429, Later),
        (500, Later),
        (502, Later),
        (503, Later),
        (504, Later),
        (521, Later),
        (530, Later),
        (999, Later),
    ];
    for (status, advice) in table {
        let at = answering(move |_| {
            format!("HTTP/1.1 {status} Some phrase\r\nContent-Length: 0\r\n\r\n").into_bytes()
        })
        .await;
        let error = outcome("ws", at).await.expect_err("refused");
        assert_eq!(error.kind(), ErrorKind::Handshake, "{error}");
        assert_eq!(
            (error.status(), error.retry()),
            (Some(status), advice),
            "{error}"
        );
        let reason = error.reason();
        assert!(reason.contains(&at.to_string()), "where: {error}");
        assert!(
            reason.contains(&format!("{status} Some phrase")),
            "why: {error}"
        );
    }
}
