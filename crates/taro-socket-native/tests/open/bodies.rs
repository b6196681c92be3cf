//! The body of a refusal, and what of it stands in the error's text.

use crate::server::{answering, outcome};

const JSON: &str = "{\"error\":\"token expired\",\"code\":4011}";

/// Status and fields, coded body, the body told, and what the text shows of it.
type Row = (
    &'static str,
    &'static [u8],
    &'static [u8],
    Option<&'static str>,
);

const TABLE: &[Row] = &[
    (
        "403 Forbidden\r\nContent-Length: 37",
        JSON.as_bytes(),
        JSON.as_bytes(),
        Some(JSON),
    ),
    (
        "403 Forbidden\r\nTransfer-Encoding: chunked",
        b"25\r\n{\"error\":\"token expired\",\"code\":4011}\r\n0\r\n\r\n",
        JSON.as_bytes(),
        Some(JSON),
    ),
    (
        "403 Forbidden\r\nTransfer-Encoding: chunked",
        b"9\r\n{\"error\":\r\n1c;x=y\r\n\"token expired\",\"code\":4011}\r\n0\r\nA: b\r\n\r\n",
        JSON.as_bytes(),
        Some(JSON),
    ),
    ("204 No Content", b"", b"", None),
    ("304 Not Modified\r\nContent-Length: 37", b"", b"", None),
    (
        "400 Bad Request\r\nContent-Length: 24",
        b"<p>two\r\n\x1b[31mlines</p> \n",
        b"<p>two\r\n\x1b[31mlines</p> \n",
        Some("<p>two [31mlines</p>"),
    ),
    (
        "500 No\r\nContent-Length: 3",
        b"\xff\xfe\0",
        b"\xff\xfe\0",
        None,
    ),
    (
        "500 No\r\nContent-Encoding: x-own\r\nContent-Length: 4",
        b"text",
        b"text",
        None,
    ),
];

#[tokio::test]
async fn a_body_is_the_content_and_its_beginning_is_shown_if_it_is_text() {
    for (head, coded, content, shown) in TABLE {
        let at = answering(move |_| {
            let head = format!("HTTP/1.1 {head}\r\n\r\n");
            [head.as_bytes(), coded].concat()
        })
        .await;
        let error = outcome("ws", at).await.expect_err("refused");
        let response = error.response().expect("native tells the response");
        assert_eq!(
            response.body.escape_ascii().to_string(),
            content.escape_ascii().to_string()
        );
        let reason = error.reason();
        let (told, _phases) = reason.rsplit_once(" [").expect("the phases");
        let told = told.split_once("it says: ").map(|(_, told)| told);
        assert_eq!(told, *shown, "{error}");
        assert!(
            reason.chars().all(|character| !character.is_control()),
            "{error}"
        );
    }
}

#[tokio::test]
async fn a_long_body_is_cut_in_the_response_and_in_the_text() {
    let at = answering(|_| {
        let body = "0123456789".repeat(1000);
        format!("HTTP/1.1 400 Bad Request\r\nContent-Length: 10000\r\n\r\n{body}").into_bytes()
    })
    .await;
    let error = outcome("ws", at).await.expect_err("refused");
    assert_eq!(error.response().expect("a response").body.len(), 4096);
    assert!(
        error.reason().contains("…") && error.reason().len() < 500,
        "{error}"
    );
}
